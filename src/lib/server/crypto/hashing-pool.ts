import { UnavailableError } from '../outcome.ts';

/** The assumed duration of a hash before the first measurement. */
const assumedMs = 50;
/** The weight of a new measurement. The average follows a change within about twenty hashes. */
const weight = 0.1;

export interface HashingPoolLimits {
	/** The number of concurrent acts. */
	concurrency: number;
	/** The memory of all concurrent acts together. */
	memoryKib: number;
	/** The longest wait of an act. */
	queueMs: number;
}

/** A request for a place in the pool, and for memory. */
export interface HashRequest {
	/** The memory that the act needs, at most that of the pool. */
	memoryKib?: number;
	/** Removes the act from the queue; a running act is not stopped. */
	signal?: AbortSignal | undefined;
	/** Preferred requests alternate with ordinary ones, so that a flood of ordinary requests cannot starve them. */
	isPreferred?: boolean;
}

/**
 * Runs a few costly acts concurrently, as far as their memory allows, and queues the others in the order of arrival. An act
 * that needs much memory keeps its turn until enough is free: acts that came later wait behind it. An act that cannot run
 * in time is refused with an UnavailableError `overloaded`: immediately when the queue is too long, otherwise at its
 * deadline.
 */
export interface HashingPool {
	readonly limits: Readonly<HashingPoolLimits>;
	run<Result>(act: () => Promise<Result>, request?: HashRequest): Promise<Result>;
	/** Throws what `run` would throw now. Call it before other work for the act starts. */
	requireRoom(request?: HashRequest): void;
}

interface Turn {
	memoryKib: number;
	deadline: number;
	take(): void;
	refuse(error: Error): void;
}

/** @param now milliseconds of a monotonic clock */
export function createHashingPool(limits: HashingPoolLimits, now = () => performance.now()): HashingPool {
	return new Pool(limits, now);
}

class Pool implements HashingPool {
	readonly limits: Readonly<HashingPoolLimits>;
	readonly #now: () => number;
	// A set keeps the order of arrival and allows removal from the middle.
	readonly #preferred = new Set<Turn>();
	readonly #usual = new Set<Turn>();
	#isPreferredNext = true;
	#running = 0;
	#usedKib = 0;
	#averageMs = assumedMs;

	constructor(limits: HashingPoolLimits, now: () => number) {
		this.limits = limits;
		this.#now = now;
	}

	requireRoom(request: HashRequest = {}): void {
		if (this.#estimateWaitMs(request) <= this.limits.queueMs) return;
		const waiting = this.#preferred.size + this.#usual.size;
		throw this.#overload(`${waiting} requests already wait for a hash`, request);
	}

	async run<Result>(act: () => Promise<Result>, request: HashRequest = {}): Promise<Result> {
		if (request.signal?.aborted) throw this.#overload('the client has disconnected', request);
		const { memoryKib = 0 } = request;
		// No turn would ever come, and all others would wait behind it.
		if (memoryKib > this.limits.memoryKib)
			throw new RangeError(`${memoryKib} KiB exceed the memory of the pool`);
		this.requireRoom(request);
		if (this.#isFreeFor(memoryKib)) this.#occupy(memoryKib);
		else await this.#waitForTurn(request);
		const startedAt = this.#now();
		try {
			return await act();
		} finally {
			this.#averageMs += (this.#now() - startedAt - this.#averageMs) * weight;
			this.#running--;
			this.#usedKib -= memoryKib;
			this.#passOn();
		}
	}

	/** Whether an act can run now without passing one that waits. */
	#isFreeFor(memoryKib: number): boolean {
		return this.#preferred.size + this.#usual.size === 0 && this.#fits(memoryKib);
	}

	#fits(memoryKib: number): boolean {
		return this.#running < this.limits.concurrency && this.#usedKib + memoryKib <= this.limits.memoryKib;
	}

	#occupy(memoryKib: number): void {
		this.#running++;
		this.#usedKib += memoryKib;
	}

	/** The wait of a new request, with everything before it served. */
	#estimateWaitMs({ isPreferred, memoryKib = 0 }: HashRequest): number {
		if (this.#isFreeFor(memoryKib)) return 0;
		const sizes = [this.#preferred.size, this.#usual.size] as const;
		const [own, other] = isPreferred ? sizes : [sizes[1], sizes[0]];
		return ((own + Math.min(other, own + 1) + 1) * this.#averageMs) / this.limits.concurrency;
	}

	#overload(why: string, request: HashRequest): UnavailableError {
		// By then, the requests that are waiting now have been served.
		const retryAfterSeconds = Math.max(1, Math.ceil(this.#estimateWaitMs(request) / 1000));
		return new UnavailableError('overloaded', why, { retryAfterSeconds });
	}

	#waitForTurn(request: HashRequest): Promise<void> {
		const { signal, isPreferred, memoryKib = 0 } = request;
		const { queueMs } = this.limits;
		const queue = isPreferred ? this.#preferred : this.#usual;
		return new Promise((resolve, reject) => {
			const leave = () => {
				queue.delete(turn);
				clearTimeout(timer);
				signal?.removeEventListener('abort', abandon);
			};
			const occupy = () => this.#occupy(memoryKib);
			const turn: Turn = {
				memoryKib,
				deadline: this.#now() + queueMs,
				take() {
					leave();
					occupy();
					resolve();
				},
				refuse(error) {
					leave();
					reject(error);
				}
			};
			const refuse = (why: string) => {
				turn.refuse(this.#overload(why, request));
				// Others may have waited behind it, for less memory.
				this.#passOn();
			};
			const abandon = () => refuse('the client has disconnected');
			const timer = setTimeout(() => refuse('no turn in time'), queueMs);
			signal?.addEventListener('abort', abandon, { once: true });
			queue.add(turn);
		});
	}

	/** Passes what is free directly to the turns that have waited longest, alternately preferred and usual. */
	#passOn(): void {
		for (;;) {
			const next = this.#findNextTurn();
			if (!next || !this.#fits(next.memoryKib)) return;
			this.#isPreferredNext = !this.#isPreferredNext;
			next.take();
		}
	}

	#findNextTurn(): Turn | undefined {
		const queues = this.#isPreferredNext ? [this.#preferred, this.#usual] : [this.#usual, this.#preferred];
		for (const queue of queues) {
			for (const turn of queue) {
				// On a busy event loop, a turn can come before the timer that should have ended the wait.
				if (turn.deadline > this.#now()) return turn;
				turn.refuse(this.#overload('no turn in time', {}));
			}
		}
		return undefined;
	}
}
