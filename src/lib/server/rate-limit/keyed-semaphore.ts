interface Entry {
	inside: number;
	/** In the order of arrival. */
	waiting: Set<() => void>;
}

/**
 * Allows a few concurrent holders for each key. The others wait in the order of arrival. Many clients may log in to one
 * account at the same moment without attacking it. None of them is refused before a concurrent attempt proves the
 * password right.
 */
export class KeyedSemaphore {
	readonly #entries = new Map<string, Entry>();

	/** Rejects with the reason of `signal` if it aborts before there is room. */
	async enter(key: string, capacity: number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const entry = this.#entries.get(key) ?? { inside: 0, waiting: new Set() };
		this.#entries.set(key, entry);
		if (entry.inside < capacity) {
			entry.inside++;
			return;
		}
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const abandon = () => {
			entry.waiting.delete(resolve);
			reject(signal.reason);
		};
		entry.waiting.add(resolve);
		signal.addEventListener('abort', abandon);
		await promise.finally(() => signal.removeEventListener('abort', abandon));
	}

	leave(key: string): void {
		const entry = this.#entries.get(key);
		if (!entry) return;
		const [next] = entry.waiting;
		if (next) {
			// Passes the place directly to the next in the queue.
			entry.waiting.delete(next);
			next();
		} else if (--entry.inside === 0) this.#entries.delete(key);
	}
}
