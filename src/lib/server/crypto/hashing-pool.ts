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

/** Who asks for a turn. */
export interface HashRequest {
	/** Takes the act out of the queue; one that runs is not stopped. */
	signal?: AbortSignal | undefined;
	/** Has every other turn while there are others, so that a flood of those cannot keep it out. */
	isPreferred?: boolean;
}

/**
 * Runs costly acts, a few at once, the others in the order they came. Whoever cannot have a turn in time is told so with
 * an UnavailableError `overloaded`: at once when the queue is too long for that, else when the deadline has passed.
 */
export interface HashingPool {
	run<Result>(act: () => Promise<Result>, request?: HashRequest): Promise<Result>;
	/** Throws what `run` would throw now, for work that is better not begun then. */
	requireRoom(request?: HashRequest): void;
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
	const preferred = new Set<Turn>();
	const usual = new Set<Turn>();
	let isPreferredNext = true;
	let running = 0;
	let averageMs = assumedMs;

	/** When a newcomer's turn comes, with everyone before it served. */
	function estimateWaitMs({ isPreferred }: HashRequest): number {
		if (running < concurrency) return 0;
		const [own, other] = isPreferred ? [preferred.size, usual.size] : [usual.size, preferred.size];
		return ((own + Math.min(other, own + 1) + 1) * averageMs) / concurrency;
	}

	function describeOverload(why: string, request: HashRequest): UnavailableError {
		// By then those who wait now are served.
		const retryAfterSeconds = Math.max(1, Math.ceil(estimateWaitMs(request) / 1000));
		return new UnavailableError('overloaded', why, { retryAfterSeconds });
	}

	function requireRoom(request: HashRequest = {}): void {
		if (estimateWaitMs(request) <= queueMs) return;
		throw describeOverload(`${preferred.size + usual.size} already wait for a hash`, request);
	}

	function waitForTurn(request: HashRequest): Promise<void> {
		const { signal, isPreferred } = request;
		const waiting = isPreferred ? preferred : usual;
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
			const abandon = () => turn.refuse(describeOverload('the client has gone', request));
			const timer = setTimeout(() => turn.refuse(describeOverload('no turn in time', request)), queueMs);
			signal?.addEventListener('abort', abandon, { once: true });
			waiting.add(turn);
		});
	}

	/** The place goes to whoever waits longest, by turns to the preferred and the others, so that nobody can slip in between. */
	function passOn(): void {
		const queues = isPreferredNext ? [preferred, usual] : [usual, preferred];
		isPreferredNext = !isPreferredNext;
		for (const queue of queues) {
			for (const turn of queue) {
				// A busy event loop can bring a turn before the timer that should have ended the wait.
				if (turn.deadline > now()) return turn.take();
				turn.refuse(describeOverload('no turn in time', {}));
			}
		}
		running--;
	}

	return {
		requireRoom,
		async run(act, request = {}) {
			if (request.signal?.aborted) throw describeOverload('the client has gone', request);
			requireRoom(request);
			if (running < concurrency) running++;
			else await waitForTurn(request);
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
