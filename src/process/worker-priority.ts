import { readdir, readFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';

/**
 * Added to the nice value. Such a thread gets about a third of the core time of a busy thread with the usual priority.
 */
const niceness = 5;

/**
 * Makes the threads that hash passwords give way to the main thread and to a database on the same machine. Works only
 * on Linux, where each thread has its own priority (setpriority(2)).
 */
export async function lowerWorkerPriority(): Promise<void> {
	// Reading the folder also starts the threads, because libuv reads files with them.
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
		// A sandbox may forbid it. The threads then keep the usual priority.
	}
}
