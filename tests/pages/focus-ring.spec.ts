import type { Page } from '@playwright/test';
import { frontStates } from '../support/page-states.ts';
import { expect, test } from '../support/pages.ts';

/** What looks the same whether it has the focus or not. */
function findUnmarked(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const ringOf = (node: Element) => {
			const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(node);
			const outline = outlineStyle === 'none' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
			return `${outline}, ${boxShadow}`;
		};
		const targets = [
			...document.querySelectorAll<HTMLElement>('a, button, input:not([type=hidden], [hidden])')
		];
		if (targets.length === 0) return ['nothing takes the focus'];
		return targets
			.filter((target) => {
				target.blur();
				const before = ringOf(target);
				target.focus();
				return ringOf(target) === before;
			})
			.map((target) => target.outerHTML.slice(0, 120));
	});
}

for (const { name, open } of frontStates) {
	test(`${name}: what has the focus has a ring around it`, async ({ page, service }) => {
		await open(page, service);
		// From here on the person uses the keyboard.
		await page.keyboard.press('Tab');
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await findUnmarked(page)).toEqual([]);
		}
	});
}
