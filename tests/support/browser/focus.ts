import type { Page } from '@playwright/test';

/** What looks the same to a keyboard user whether it has the focus or not. */
export async function findUnmarked(page: Page): Promise<string[]> {
	// From here on the person uses the keyboard.
	await page.keyboard.press('Tab');
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
