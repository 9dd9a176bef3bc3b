import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { hasJavaScript } from './browsing.ts';

const wcag22AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const looks = [
	{ colorScheme: 'light', width: 1280 },
	{ colorScheme: 'dark', width: 320 }
] as const;

/** What axe finds on the page against WCAG 2.2 AA and its own best practices, light and wide, dark and narrow. */
export async function findBarriers(page: Page): Promise<string[]> {
	const found: string[] = [];
	const looked = hasJavaScript() ? page : await copyWithJavaScript(page);
	for (const { colorScheme, width } of looks) {
		// A colour on its way to another has no contrast yet.
		await looked.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await looked.setViewportSize({ width, height: 720 });
		const { violations, passes } = await new AxeBuilder({ page: looked })
			.withTags([...wcag22AA, 'best-practice'])
			.options({ rules: { 'target-size': { enabled: true } } })
			// The pages have no frames, for which axe would open one more page each time.
			.setLegacyMode()
			.analyze();
		if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe saw no text');
		for (const { id, nodes } of violations) {
			found.push(`${colorScheme}, ${width} px, ${id}: ${nodes.map((node) => node.html).join(' ')}`);
		}
	}
	if (looked !== page) await looked.close();
	return found;
}

/** Axe runs in the page, so a page without JavaScript is shown once more, as it is, in a browser that has it. */
async function copyWithJavaScript(page: Page): Promise<Page> {
	const browser = page.context().browser();
	if (!browser) throw new Error('there is no browser to open the copy in');
	const copy = await browser.newPage({ javaScriptEnabled: true });
	const body = (await page.content()).replaceAll(/<script\b[^]*?<\/script>/g, '');
	await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
	await copy.goto(page.url());
	return copy;
}
