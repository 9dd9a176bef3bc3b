import { readFileSync } from 'node:fs';

/** The length of a clock tick in `/proc`, on all usual systems. */
const tickMs = 10;

/** The processor time of a process in milliseconds; NaN on a system without `/proc`. */
export function readCpuMs(pid: number): number {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const [user, system] = stat
			.slice(stat.lastIndexOf(')') + 2)
			.split(' ')
			.slice(11, 13);
		return (Number(user) + Number(system)) * tickMs;
	} catch {
		return NaN;
	}
}

/** The resident memory of a process in MiB; NaN on a system without `/proc`. */
export function readRss(pid: number): number {
	try {
		return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
	} catch {
		return NaN;
	}
}
