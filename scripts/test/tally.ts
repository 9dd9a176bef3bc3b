import { existsSync, readFileSync } from 'node:fs';

export interface Counts {
	passed: number;
	failed: number;
}

/** Prints a line per step, the whole output of those that fail, and adds everything up. */
export class Tally {
	passed = 0;
	failed = 0;

	add(name: string, counts: Counts, output: string, seconds: number): void {
		this.passed += counts.passed;
		this.failed += counts.failed;
		const ok = counts.failed === 0;
		if (!ok) console.log(`\n${output.trim()}\n`);
		const numbers =
			counts.passed + counts.failed > 1 ? `: ${counts.passed} passed, ${counts.failed} failed` : '';
		console.log(`${ok ? '✓' : '✗'} ${name}${numbers} (${seconds.toFixed(1)} s)`);
	}

	toString(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}
}

interface VitestReport {
	numPassedTests: number;
	numTotalTests: number;
	testResults: { status: string; assertionResults: { status: string }[] }[];
}

interface PlaywrightReport {
	errors: unknown[];
	stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Vitest's JSON report. What did not pass failed: a skipped test too, and a file that breaks outside its tests. */
export function countVitest(report: unknown): Counts {
	const { numPassedTests, numTotalTests, testResults } = report as VitestReport;
	const brokenFiles = testResults.filter(
		(file) => file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed')
	).length;
	return { passed: numPassedTests, failed: numTotalTests - numPassedTests + brokenFiles };
}

/** Playwright's JSON report, by the same rule. */
export function countPlaywright(report: unknown): Counts {
	const { errors, stats } = report as PlaywrightReport;
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + stats.skipped + errors.length
	};
}

/** Reads a report with `count`; no report, no tests or a bad exit status is a failure, whatever else it says. */
export function countReport(file: string, status: number | null, count: (report: unknown) => Counts): Counts {
	const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0 };
	const isSilentFailure = counts.failed === 0 && (status !== 0 || counts.passed === 0);
	return isSilentFailure ? { ...counts, failed: 1 } : counts;
}
