/** Background work that `stop` must wait for, because the database is closed only afterwards. */
export class Background {
	readonly #running = new Set<Promise<void>>();

	/** @param task reports its own faults; a rejection only ends the wait */
	run(task: Promise<void>): void {
		const running = task
			.catch(() => {})
			.finally(() => {
				this.#running.delete(running);
			});
		this.#running.add(running);
	}

	/** Resolves when nothing runs any more, including what running work has started. */
	async settle(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(this.#running);
	}
}
