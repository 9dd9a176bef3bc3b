import type { Page } from '@playwright/test';

interface Box {
	html: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** What reaches beyond the window's right edge or is cut off; texts may scroll in the fields they are typed into. */
export function findOverflow(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const { clientWidth, scrollWidth } = document.documentElement;
		const outside = [...document.body.querySelectorAll<HTMLElement>('*')].filter((node) => {
			if (node.closest('#svelte-announcer')) return false;
			const isText = node.tagName !== 'INPUT' && getComputedStyle(node).display === 'block';
			const isCut = isText && node.scrollWidth > node.clientWidth;
			return isCut || node.getBoundingClientRect().right > clientWidth;
		});
		const found = outside.map((node) => node.outerHTML.slice(0, 120));
		return scrollWidth > clientWidth ? [`${scrollWidth} px of page in ${clientWidth} px`, ...found] : found;
	});
}

/**
 * What can be clicked and is too small for a finger (WCAG 2.2, 2.5.8): less than 24 px one way, unless a circle of that
 * width around its middle meets no other target.
 */
export async function findSmallTargets(page: Page): Promise<string[]> {
	const targets = await page.locator('a, button, input:not([type=hidden])').evaluateAll((nodes) =>
		nodes.map((node): Box => {
			const { left, top, right, bottom } = node.getBoundingClientRect();
			return { html: node.outerHTML, left, top, right, bottom };
		})
	);
	if (targets.length === 0) throw new Error('there is nothing to click');
	return targets.filter((target) => !isLargeEnough(target, targets)).map(({ html }) => html);
}

function isLargeEnough(target: Box, targets: Box[]): boolean {
	if (target.right - target.left >= 24 && target.bottom - target.top >= 24) return true;
	const x = (target.left + target.right) / 2;
	const y = (target.top + target.bottom) / 2;
	return targets.every((other) => {
		const across = Math.max(other.left - x, 0, x - other.right);
		const down = Math.max(other.top - y, 0, y - other.bottom);
		return other === target || Math.hypot(across, down) >= 12;
	});
}
