import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { aptInstall, canInstall, isRoot } from './apt.ts';
import { findProgram, run } from './run.ts';

const advice = 'no browser: install Chromium, or set PLAYWRIGHT_CHROMIUM to its executable';

/** How the tests start Chromium: as root it refuses to use its sandbox, and it must not use the network. */
export const browserArguments = [
	...(isRoot() ? ['--no-sandbox'] : []),
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run'
];

/** The headless shell first: without a window to draw, its tests take two thirds of the time. */
const programs = [
	'chromium-headless-shell',
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable'
];

/** The Chromium of this machine: `PLAYWRIGHT_CHROMIUM`, or a program on the PATH. */
export function installedBrowser(): string | undefined {
	if (process.env.PLAYWRIGHT_CHROMIUM) return process.env.PLAYWRIGHT_CHROMIUM;
	return findProgram(...programs);
}

/**
 * A browser that starts: the machine's, else Playwright's own (downloaded if need be), else Debian's package.
 * Returns its executable, or undefined for Playwright's own. Throws one line that says what to install.
 */
export async function provideBrowser(): Promise<string | undefined> {
	const installed = installedBrowser();
	if (installed && (await starts(installed))) return announce(installed);
	if (process.env.PLAYWRIGHT_CHROMIUM) throw new Error(`PLAYWRIGHT_CHROMIUM=${installed} does not start`);
	if (await providePlaywrights()) return announce(undefined);
	if (!(await canInstall())) throw new Error(advice);
	await aptInstall('chromium-headless-shell').catch((error: Error) => {
		throw new Error(`${advice} (${error.message})`);
	});
	const fresh = installedBrowser();
	if (fresh && (await starts(fresh))) return announce(fresh);
	throw new Error(advice);
}

function announce(executable: string | undefined): string | undefined {
	console.log(`browser: ${executable ?? `Playwright's own, ${chromium.executablePath()}`}`);
	return executable;
}

async function providePlaywrights(): Promise<boolean> {
	if (!existsSync(chromium.executablePath())) {
		console.log("downloading Playwright's Chromium …");
		const { status } = await run('playwright', ['install', 'chromium'], { timeoutSeconds: 300 });
		if (status !== 0) return false;
	}
	if (await starts()) return true;
	if (await canInstall()) await run('playwright', ['install-deps', 'chromium'], { timeoutSeconds: 300 });
	return starts();
}

async function starts(executablePath?: string): Promise<boolean> {
	try {
		const browser = await chromium.launch({ executablePath, args: browserArguments, timeout: 30_000 });
		await browser.close();
		return true;
	} catch {
		return false;
	}
}
