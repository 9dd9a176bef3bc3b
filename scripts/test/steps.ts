import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atEnd, root, run, type Finished } from './run.ts';
import { countPlaywright, countReport, countVitest, type Counts, type Tally } from './tally.ts';

export type Engine = 'sqlite' | 'mysql';

const reports = path.join(root, '.test/reports');

/** A command that passes or fails as a whole. */
export async function check(
	tally: Tally,
	name: string,
	command: string,
	...args: string[]
): Promise<boolean> {
	const started = performance.now();
	const { status, output } = await run(command, args);
	const counts = status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	tally.add(name, counts, output, (performance.now() - started) / 1000);
	return status === 0;
}

/** The tests of some Vitest projects. */
export async function vitest(tally: Tally, name: string, projects: string[], env = {}): Promise<void> {
	const chosen = projects.map((project) => `--project=${project}`);
	const args = ['run', ...chosen, '--reporter=default', '--reporter=json'];
	await suite(tally, name, countVitest, (report, TMPDIR) =>
		run('vitest', [...args, `--outputFile.json=${report}`], { env: { ...env, TMPDIR } })
	);
}

/** The page tests; `browser` is an executable, or undefined for Playwright's own. */
export async function playwright(tally: Tally, browser: string | undefined, env = {}): Promise<void> {
	await suite(tally, 'pages in Chromium', countPlaywright, (PLAYWRIGHT_JSON_OUTPUT_FILE, TMPDIR) => {
		const chromium = browser ? { PLAYWRIGHT_CHROMIUM: browser } : {};
		return run('playwright', ['test'], { env: { ...env, ...chromium, PLAYWRIGHT_JSON_OUTPUT_FILE, TMPDIR } });
	});
}

/** Counts a suite that cannot run as one failure. */
export function unable(tally: Tally, name: string, reason: string): void {
	tally.add(name, { passed: 0, failed: 1 }, `${name}: ${reason}`, 0);
}

async function suite(
	tally: Tally,
	name: string,
	count: (report: unknown) => Counts,
	start: (report: string, temporaryFolder: string) => Promise<Finished>
): Promise<void> {
	const report = path.join(reports, `${name.replaceAll(' ', '-')}.json`);
	mkdirSync(reports, { recursive: true });
	// An older report must not speak for a run that crashed.
	rmSync(report, { force: true });
	// Services that were interrupted leave their files behind.
	const temporaryFolder = mkdtempSync(path.join(os.tmpdir(), 'um-'));
	atEnd(() => rmSync(temporaryFolder, { recursive: true, force: true }));
	const started = performance.now();
	const { status, output } = await start(report, temporaryFolder);
	tally.add(name, countReport(report, status, count), output, (performance.now() - started) / 1000);
}
