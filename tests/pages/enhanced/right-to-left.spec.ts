import { expect } from '@playwright/test';
import { fillIn, visit } from '../../support/browser/browsing.ts';
import { findOverflow } from '../../support/browser/geometry.ts';
import { test } from '../../support/browser/pages.ts';
import { newUser } from '../../support/people/users.ts';

test('on a page from right to left, a field takes the direction of its text and no password is below its button', async ({
	page
}) => {
	await page.setViewportSize({ width: 320, height: 568 });
	await visit(page, '/register');
	await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'));
	await fillIn(page, newUser({ first_name: 'עדה' }));
	await expect(page.getByLabel('First name')).toHaveCSS('direction', 'rtl');
	await expect(page.getByLabel('Email address')).toHaveCSS('direction', 'ltr');

	const password = page.getByLabel('Password', { exact: true });
	const [field, button] = [await password.boundingBox(), await page.getByText('Show').boundingBox()];
	const padding = await password.evaluate((input) => parseFloat(getComputedStyle(input).paddingLeft));
	expect(button?.x).toBeGreaterThan(field?.x ?? 0);
	expect((button?.x ?? 0) + (button?.width ?? 0)).toBeLessThanOrEqual((field?.x ?? 0) + padding);
	expect(await findOverflow(page)).toEqual([]);
});
