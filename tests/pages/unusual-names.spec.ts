import { registerOnPage, signIn, visit } from '../support/browser/browsing.ts';
import { listenForComplaints } from '../support/browser/complaints.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';

const markup = `<img src=x onerror=alert(1)><b>Ada</b>"'&amp;</script>`;

test('HTML in a name is shown as text', async ({ page, service }) => {
	const complaints = await listenForComplaints(page);
	await signIn(page, service.origin, { first_name: markup, last_name: '{@html 1}${2}' });
	await visit(page, '/account');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hello, ${markup}`);
	await expect(page.getByText(`${markup} {@html 1}\${2}`, { exact: true })).toBeVisible();
	await expect(page.locator('main img, main b')).toHaveCount(0);
	expect(complaints).toEqual([]);
});

test('HTML in a field of a refused form stays the value of the field', async ({ page }) => {
	const complaints = await listenForComplaints(page);
	await visit(page, '/register');
	await registerOnPage(page, {
		first_name: markup,
		last_name: '"><b>',
		email: '"><script>alert(1)</script>'
	});
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(page.getByLabel('First name')).toHaveValue(markup);
	await expect(page.getByLabel('Last name')).toHaveValue('"><b>');
	await expect(page.getByLabel('Email address')).toHaveValue('"><script>alert(1)</script>');
	await expect(page.locator('main img, main b, main script')).toHaveCount(0);
	expect(complaints).toEqual([]);
});

for (const name of ['Zoë', '李小龍', 'محمد', "O'Neill-Þórsdóttir", '🦄']) {
	test(`a user can have the name ${name}`, async ({ page, service }) => {
		await signIn(page, service.origin, { first_name: name });
		await visit(page, '/account');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hello, ${name}`);
	});
}
