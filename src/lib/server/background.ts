/** What runs beside requests, kept so that stopping can wait for it: the database is closed only after that. */
export class Background {
	readonly #running = new Set<Promise<void>>();

	/** @param task reports its own faults; one that rejects is only waited for */
	run(task: Promise<void>): void {
		const running = task
			.catch(() => {})
			.finally(() => {
				this.#running.delete(running);
			});
		this.#running.add(running);
	}

	/** Resolves when nothing runs, neither what ran already nor what that started. */
	async settle(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(this.#running);
	}
}
