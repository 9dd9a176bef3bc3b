import type { Browser, Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { hasJavaScript } from './browsing.ts';

const options: RunOptions = {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	rules: { 'target-size': { enabled: true } }
};
const looks = [
	{ colorScheme: 'light', width: 1280 },
	{ colorScheme: 'dark', width: 320 }
] as const;

/** What axe finds on the page against WCAG 2.2 AA and its own best practices, light and wide, dark and narrow. */
export async function findBarriers(page: Page): Promise<string[]> {
	const found: string[] = [];
	const looked = hasJavaScript() ? page : await copyWithJavaScript(page);
	await loadAxe(looked);
	for (const { colorScheme, width } of looks) {
		// A colour on its way to another has no contrast yet.
		await looked.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await looked.setViewportSize({ width, height: 720 });
		const { violations, passes } = await looked.evaluate(runAxe, options);
		if (!passes.includes('color-contrast')) throw new Error('axe saw no text');
		for (const { id, nodes } of violations) {
			found.push(`${colorScheme}, ${width} px, ${id}: ${nodes.join(' ')}`);
		}
	}
	return found;
}

/**
 * Reading its half megabyte takes longer than looking with it: once for all looks, and handed over as it is, for what
 * `evaluate` wraps is compiled anew each time.
 */
async function loadAxe(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Runtime.evaluate', { expression: axe.source });
	await session.detach();
}

/** Runs in the page. */
async function runAxe(given: RunOptions) {
	const inPage = (window as unknown as { axe: typeof axe }).axe;
	const { violations, passes } = await inPage.run(document, given);
	return {
		violations: violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
		passes: passes.map(({ id }) => id)
	};
}

const copies = new WeakMap<Browser, Page>();

/** Axe runs in the page, so a page without JavaScript is shown once more, as it is, in a window that has it. */
async function copyWithJavaScript(page: Page): Promise<Page> {
	const browser = page.context().browser();
	if (!browser) throw new Error('there is no browser to open the copy in');
	const copy = copies.get(browser) ?? (await browser.newPage({ javaScriptEnabled: true }));
	copies.set(browser, copy);
	const body = (await page.content()).replaceAll(/<script\b[^]*?<\/script>/g, '');
	await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
	await copy.goto(page.url());
	await copy.unrouteAll();
	return copy;
}
