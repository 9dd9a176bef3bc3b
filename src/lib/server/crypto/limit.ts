/** Runs at most `concurrency` acts at once; the others wait for their turn, in order. */
export function createLimit(concurrency: number): <Result>(act: () => Promise<Result>) => Promise<Result> {
	const waiting: (() => void)[] = [];
	let running = 0;

	return async function run(act) {
		if (running < concurrency) running++;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await act();
		} finally {
			// The place goes to whoever waits longest, so that nobody can slip in between.
			const next = waiting.shift();
			if (next) next();
			else running--;
		}
	};
}
