import type { Locator } from '@playwright/test';
import { frontStates } from '../support/page-states.ts';
import { expect, test } from '../support/pages.ts';

/** What somebody sees around an element. */
function ringOf(element: Locator): Promise<string> {
	return element.evaluate((node) => {
		const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(node);
		const outline = outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
		return `${outline}, ${boxShadow}`;
	});
}

for (const { name, open } of frontStates) {
	test(`${name}: what has the focus has a ring around it`, async ({ page, service }) => {
		await open(page, service);
		// From here on the person uses the keyboard.
		await page.keyboard.press('Tab');
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			for (const target of await page.locator('a, button, input:not([type=hidden], [hidden])').all()) {
				await target.blur();
				const before = await ringOf(target);
				await target.focus();
				expect(await ringOf(target)).not.toBe(before);
			}
		}
	});
}
