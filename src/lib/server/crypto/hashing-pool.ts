import { UnavailableError } from '../outcome.ts';

/** How long a hash is taken to last before one was measured. */
const assumedMs = 50;
/** How much one more measurement counts: the average follows a change within some twenty hashes. */
const weight = 0.1;

export interface HashingPoolLimits {
	/** How many acts run at once. */
	concurrency: number;
	/** How long an act may wait for its turn. */
	queueMs: number;
}

/**
 * Runs costly acts, a few at once, the others in the order they came. Whoever cannot have a turn in time is told so with
 * an UnavailableError `overloaded`: at once when the queue is too long for that, else when the deadline has passed.
 */
export interface HashingPool {
	/** @param signal takes the act out of the queue; one that runs is not stopped */
	run<Result>(act: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
	/** Throws what `run` would throw now, for work that is better not begun then. */
	requireRoom(): void;
}

interface Turn {
	deadline: number;
	take(): void;
	refuse(error: Error): void;
}

/** @param now milliseconds of a clock that never goes back */
export function createHashingPool(
	{ concurrency, queueMs }: HashingPoolLimits,
	now = () => performance.now()
): HashingPool {
	// A set keeps the order and lets one that has given up leave from the middle.
	const waiting = new Set<Turn>();
	let running = 0;
	let averageMs = assumedMs;

	/** When a newcomer's turn comes, with everyone before it served. */
	const estimateWaitMs = () => (running < concurrency ? 0 : ((waiting.size + 1) * averageMs) / concurrency);

	function describeOverload(why: string): UnavailableError {
		// By then those who wait now are served.
		const retryAfterSeconds = Math.max(1, Math.ceil(estimateWaitMs() / 1000));
		return new UnavailableError('overloaded', why, { retryAfterSeconds });
	}

	function requireRoom(): void {
		if (estimateWaitMs() > queueMs) throw describeOverload(`${waiting.size} already wait for a hash`);
	}

	function waitForTurn(signal: AbortSignal | undefined): Promise<void> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				waiting.delete(turn);
				clearTimeout(timer);
				signal?.removeEventListener('abort', abandon);
			};
			const turn: Turn = {
				deadline: now() + queueMs,
				take() {
					leave();
					resolve();
				},
				refuse(error) {
					leave();
					reject(error);
				}
			};
			const abandon = () => turn.refuse(describeOverload('the client has gone'));
			const timer = setTimeout(() => turn.refuse(describeOverload('no turn in time')), queueMs);
			signal?.addEventListener('abort', abandon, { once: true });
			waiting.add(turn);
		});
	}

	/** The place goes to whoever waits longest, so that nobody can slip in between. */
	function passOn(): void {
		for (const turn of waiting) {
			// A busy event loop can bring a turn before the timer that should have ended the wait.
			if (turn.deadline > now()) return turn.take();
			turn.refuse(describeOverload('no turn in time'));
		}
		running--;
	}

	return {
		requireRoom,
		async run(act, signal) {
			if (signal?.aborted) throw describeOverload('the client has gone');
			requireRoom();
			if (running < concurrency) running++;
			else await waitForTurn(signal);
			const startedAt = now();
			try {
				return await act();
			} finally {
				averageMs += (now() - startedAt - averageMs) * weight;
				passOn();
			}
		}
	};
}
