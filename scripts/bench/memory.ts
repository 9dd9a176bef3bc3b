import { readFileSync } from 'node:fs';

/** The resident memory of a process in MiB; NaN where there is no `/proc`. */
export function readRss(pid: number): number {
	try {
		return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
	} catch {
		return NaN;
	}
}
