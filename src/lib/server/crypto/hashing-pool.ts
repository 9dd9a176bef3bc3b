import { UnavailableError } from '../outcome.ts';

/** The assumed duration of a hash before the first measurement. */
const assumedMs = 50;
/** The weight of a new measurement. The average follows a change within about twenty hashes. */
const weight = 0.1;

export interface HashingPoolLimits {
	/** The number of concurrent acts. */
	concurrency: number;
	/** The longest wait of an act. */
	queueMs: number;
}

/** A request for a place in the pool. */
export interface HashRequest {
	/** Removes the act from the queue; a running act is not stopped. */
	signal?: AbortSignal | undefined;
	/** Preferred requests alternate with ordinary ones, so that a flood of ordinary requests cannot starve them. */
	isPreferred?: boolean;
}

/**
 * Runs a few costly acts concurrently and queues the others in the order of arrival. An act that cannot run in time is
 * refused with an UnavailableError `overloaded`: immediately when the queue is too long, otherwise at its deadline.
 */
export interface HashingPool {
	run<Result>(act: () => Promise<Result>, request?: HashRequest): Promise<Result>;
	/** Throws what `run` would throw now. Call it before other work for the act starts. */
	requireRoom(request?: HashRequest): void;
}

interface Turn {
	deadline: number;
	take(): void;
	refuse(error: Error): void;
}

/** @param now milliseconds of a monotonic clock */
export function createHashingPool(limits: HashingPoolLimits, now = () => performance.now()): HashingPool {
	return new Pool(limits, now);
}

class Pool implements HashingPool {
	readonly #limits: HashingPoolLimits;
	readonly #now: () => number;
	// A set keeps the order of arrival and allows removal from the middle.
	readonly #preferred = new Set<Turn>();
	readonly #usual = new Set<Turn>();
	#isPreferredNext = true;
	#running = 0;
	#averageMs = assumedMs;

	constructor(limits: HashingPoolLimits, now: () => number) {
		this.#limits = limits;
		this.#now = now;
	}

	requireRoom(request: HashRequest = {}): void {
		if (this.#estimateWaitMs(request) <= this.#limits.queueMs) return;
		const waiting = this.#preferred.size + this.#usual.size;
		throw this.#overload(`${waiting} requests already wait for a hash`, request);
	}

	async run<Result>(act: () => Promise<Result>, request: HashRequest = {}): Promise<Result> {
		if (request.signal?.aborted) throw this.#overload('the client has disconnected', request);
		this.requireRoom(request);
		if (this.#running < this.#limits.concurrency) this.#running++;
		else await this.#waitForTurn(request);
		const startedAt = this.#now();
		try {
			return await act();
		} finally {
			this.#averageMs += (this.#now() - startedAt - this.#averageMs) * weight;
			this.#passOn();
		}
	}

	/** How long a new request would wait for the requests before it. */
	#estimateWaitMs({ isPreferred }: HashRequest): number {
		if (this.#running < this.#limits.concurrency) return 0;
		const sizes = [this.#preferred.size, this.#usual.size] as const;
		const [own, other] = isPreferred ? sizes : [sizes[1], sizes[0]];
		return ((own + Math.min(other, own + 1) + 1) * this.#averageMs) / this.#limits.concurrency;
	}

	#overload(why: string, request: HashRequest): UnavailableError {
		// By then, the requests that are waiting now have been served.
		const retryAfterSeconds = Math.max(1, Math.ceil(this.#estimateWaitMs(request) / 1000));
		return new UnavailableError('overloaded', why, { retryAfterSeconds });
	}

	#waitForTurn(request: HashRequest): Promise<void> {
		const { signal, isPreferred } = request;
		const { queueMs } = this.#limits;
		const queue = isPreferred ? this.#preferred : this.#usual;
		return new Promise((resolve, reject) => {
			const leave = () => {
				queue.delete(turn);
				clearTimeout(timer);
				signal?.removeEventListener('abort', abandon);
			};
			const turn: Turn = {
				deadline: this.#now() + queueMs,
				take() {
					leave();
					resolve();
				},
				refuse(error) {
					leave();
					reject(error);
				}
			};
			const abandon = () => turn.refuse(this.#overload('the client has disconnected', request));
			const timer = setTimeout(() => turn.refuse(this.#overload('no turn in time', request)), queueMs);
			signal?.addEventListener('abort', abandon, { once: true });
			queue.add(turn);
		});
	}

	/** Passes the place directly to the turn that has waited longest, alternating between preferred and ordinary ones. */
	#passOn(): void {
		const queues = this.#isPreferredNext ? [this.#preferred, this.#usual] : [this.#usual, this.#preferred];
		this.#isPreferredNext = !this.#isPreferredNext;
		for (const queue of queues) {
			for (const turn of queue) {
				// On a busy event loop, a turn can come before the timer that should have ended its wait.
				if (turn.deadline > this.#now()) return turn.take();
				turn.refuse(this.#overload('no turn in time', {}));
			}
		}
		this.#running--;
	}
}
