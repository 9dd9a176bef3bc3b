interface Lane {
	inside: number;
	/** In the order they came. */
	waiting: Set<() => void>;
}

/**
 * Lets a few tries at once through for each key, the others one after the other as those leave: many workers that log in
 * to one account at the same moment are no guessers, and none of them is refused for what the others may prove right.
 */
export class Turnstile {
	readonly #lanes = new Map<string, Lane>();

	/** Rejects with the reason of `signal` when that aborts before there is room. */
	async enter(key: string, capacity: number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const lane = this.#lanes.get(key) ?? { inside: 0, waiting: new Set() };
		this.#lanes.set(key, lane);
		if (lane.inside < capacity) {
			lane.inside++;
			return;
		}
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const abandon = () => {
			lane.waiting.delete(resolve);
			reject(signal.reason);
		};
		lane.waiting.add(resolve);
		signal.addEventListener('abort', abandon);
		await promise.finally(() => signal.removeEventListener('abort', abandon));
	}

	leave(key: string): void {
		const lane = this.#lanes.get(key);
		if (!lane) return;
		const [next] = lane.waiting;
		if (next) {
			// The place passes on, so that nobody can slip in between.
			lane.waiting.delete(next);
			next();
		} else if (--lane.inside === 0) this.#lanes.delete(key);
	}
}
