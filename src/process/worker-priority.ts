import { readdir, readFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';

/** Added to the nice value: such a thread has a third of a core's time while one of the usual priority wants all of it. */
const niceness = 5;

/**
 * Lets the threads that hash passwords give way to the one that answers, and to a database on the same machine. On Linux
 * only, where a thread has a priority of its own (setpriority(2)); elsewhere nothing happens.
 */
export async function lowerWorkerPriority(): Promise<void> {
	// Reading the folder starts the threads: libuv's work on files is done by them.
	const threads = await readdir('/proc/self/task').catch(() => []);
	for (const id of threads) {
		const name = await readFile(`/proc/self/task/${id}/comm`, 'utf8').catch(() => '');
		if (name.startsWith('libuv-worker')) lower(Number(id));
	}
}

function lower(thread: number): void {
	try {
		setPriority(thread, Math.min(19, getPriority() + niceness));
	} catch {
		// A sandbox may forbid it; then they stay as they are.
	}
}
