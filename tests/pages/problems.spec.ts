import { expectAccountOf, signIn, visit } from '../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';

test('an unknown address shows an error and leads to the start page', async ({ page }) => {
	expect(await visit(page, '/nope')).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
	await expect(page.getByText('There is nothing at this address.')).toBeVisible();
	await page.getByRole('link', { name: 'Go to the start page' }).click();
	await expect(page).toHaveURL('/login');
});

test('an unknown address leads a user who is signed in to the account', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	expect(await visit(page, '/problems/nope')).toBe(404);
	await page.getByRole('link', { name: 'Go to your account' }).click();
	await expectAccountOf(page, user);
});

test('an error page shows the request id that is in the log', async ({ page }) => {
	const answer = page.waitForResponse((response) => response.url().endsWith('/nope'));
	await visit(page, '/nope');
	const id = (await answer).headers()['x-request-id'] ?? '';
	expect(id).not.toBe('');
	await expect(page.getByText(id, { exact: true })).toBeVisible();
});

test('a problem code has a page that explains it', async ({ page }) => {
	expect(await visit(page, '/problems/email-taken')).toBe(200);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Email already registered');
	await expect(page.getByText('Log in instead, or register with another address.')).toBeVisible();
	await expect(page.getByText('email_taken', { exact: true })).toBeVisible();
	await expect(page.getByText('409', { exact: true })).toBeVisible();
});

for (const code of ['nope', 'email_taken', 'EMAIL-TAKEN', '__proto__', 'constructor', 'email-taken%00']) {
	test(`/problems/${code} is not found`, async ({ page }) => {
		expect(await visit(page, `/problems/${code}`)).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
	});
}
