import type { Page } from '@playwright/test';
import { findOverflow, findSmallTargets } from '../support/geometry.ts';
import { pageStates } from '../support/page-states.ts';
import { expect, test } from '../support/pages.ts';

// 320 px are also what is left of 1280 px at a zoom of 400 % (WCAG 2.2, 1.4.10).
const windows = [
	{ width: 320, height: 568 },
	{ width: 320, height: 256 },
	{ width: 1920, height: 1080 }
];

/** From 0 for black to 255. */
function brightnessOf(page: Page, property: 'color' | 'backgroundColor'): Promise<number> {
	return page.evaluate((name) => {
		const [red = 0, green = 0, blue = 0] =
			getComputedStyle(document.body)[name].match(/\d+/g)?.map(Number) ?? [];
		return (red + green + blue) / 3;
	}, property);
}

for (const { name, open } of pageStates) {
	test(`${name}: fits a phone, a zoom of 400 % and a wide screen, in light and dark`, async ({
		page,
		service
	}) => {
		await page.setViewportSize({ width: 320, height: 568 });
		await open(page, service);
		for (const size of windows) {
			await page.setViewportSize(size);
			expect(await findOverflow(page), JSON.stringify(size)).toEqual([]);
			expect(await findSmallTargets(page), JSON.stringify(size)).toEqual([]);
		}

		await page.emulateMedia({ colorScheme: 'light' });
		expect(await brightnessOf(page, 'backgroundColor')).toBeGreaterThan(200);
		expect(await brightnessOf(page, 'color')).toBeLessThan(80);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect(await brightnessOf(page, 'backgroundColor')).toBeLessThan(50);
		expect(await brightnessOf(page, 'color')).toBeGreaterThan(200);
	});
}
