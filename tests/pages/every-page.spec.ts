import { expect, type Page } from '@playwright/test';
import { findBarriers } from '../support/browser/axe.ts';
import { listenForComplaints } from '../support/browser/complaints.ts';
import { findUnmarked } from '../support/browser/focus.ts';
import { findOverflow, findSmallTargets } from '../support/browser/geometry.ts';
import { pageStates } from '../support/browser/page-states.ts';
import { test } from '../support/browser/pages.ts';

// 320 px are also what is left of 1280 px at a zoom of 400 % (WCAG 2.2, 1.4.10).
const windows = [
	{ width: 320, height: 568 },
	{ width: 320, height: 256 },
	{ width: 1920, height: 1080 }
];

/** The brightness of the page and of its text, from 0 (black) to 255. */
function findBrightness(page: Page): Promise<{ page: number; text: number }> {
	return page.evaluate(() => {
		const { backgroundColor, color } = getComputedStyle(document.body);
		const brightnessOf = (rgb: string) => {
			const [red = 0, green = 0, blue = 0] = rgb.match(/\d+/g)?.map(Number) ?? [];
			return (red + green + blue) / 3;
		};
		return { page: brightnessOf(backgroundColor), text: brightnessOf(color) };
	});
}

// One test for each state, because reaching the state takes most of the time.
for (const { name, title, heading, open } of pageStates) {
	test(`${name}: the page is complete, accessible and fits every window`, async ({ page, service }) => {
		const complaints = await listenForComplaints(page);
		await page.setViewportSize({ width: 320, height: 568 });
		await open(page, service);

		await test.step('it has a title, one heading, a language and a link to the start page, and breaks no policy', async () => {
			await expect.soft(page).toHaveTitle(title);
			await expect.soft(page.getByRole('heading', { level: 1 })).toHaveText([heading]);
			await expect.soft(page.locator('html')).toHaveAttribute('lang', 'en');
			await expect.soft(page.getByRole('main')).toHaveCount(1);
			await expect.soft(page.locator('a[href="/"]').first()).toBeVisible();
			expect.soft(complaints).toEqual([]);
		});

		await test.step('it fits a phone, a zoom of 400 % and a wide screen', async () => {
			for (const size of windows) {
				await page.setViewportSize(size);
				expect.soft(await findOverflow(page), JSON.stringify(size)).toEqual([]);
				expect.soft(await findSmallTargets(page), JSON.stringify(size)).toEqual([]);
			}
		});

		await test.step('it is light or dark as the browser prefers, and the focused element has a visible ring', async () => {
			await page.emulateMedia({ colorScheme: 'light' });
			const light = await findBrightness(page);
			expect.soft(light.page).toBeGreaterThan(200);
			expect.soft(light.text).toBeLessThan(80);
			expect.soft(await findUnmarked(page), 'light').toEqual([]);
			await page.emulateMedia({ colorScheme: 'dark' });
			const dark = await findBrightness(page);
			expect.soft(dark.page).toBeLessThan(50);
			expect.soft(dark.text).toBeGreaterThan(200);
			expect.soft(await findUnmarked(page), 'dark').toEqual([]);
		});

		await test.step('axe finds no violation of WCAG 2.2 AA', async () => {
			expect.soft(await findBarriers(page)).toEqual([]);
		});
	});
}
