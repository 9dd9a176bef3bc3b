import {
	expectAccountOf,
	fillIn,
	logInOnPage,
	registerOnPage,
	signIn,
	visit
} from '../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';
import { register } from '../support/people/users.ts';

const asked = '/problems/email-taken?from=a%26b';
const logInFirst = `/login?next=${encodeURIComponent(asked)}`;

test('the account page asks a visitor to log in first, and then opens', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	await visit(page, '/account');
	await expect(page).toHaveURL('/login?next=%2Faccount');
	await logInOnPage(page, sent);
	await expectAccountOf(page, sent);
});

test('a login leads to the requested page', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	await visit(page, logInFirst);
	await logInOnPage(page, sent);
	await expect(page).toHaveURL(asked);
});

test('a failed login keeps the requested page', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	await visit(page, logInFirst);
	await logInOnPage(page, { ...sent, password: 'not the password' });
	await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
	await fillIn(page, { password: sent.password });
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page).toHaveURL(asked);
});

test('the links to the registration and back keep the requested page', async ({ page }) => {
	await visit(page, logInFirst);
	await page.getByRole('link', { name: 'Create an account' }).click();
	await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible();
	await page.getByRole('link', { name: 'Log in' }).click();
	await expect(page).toHaveURL(logInFirst);

	await page.getByRole('link', { name: 'Create an account' }).click();
	await expect(page.getByRole('heading', { name: 'Create your account' })).toBeVisible();
	await registerOnPage(page);
	await expect(page).toHaveURL(asked);
});

test('the login page redirects a user who is signed in to the requested page', async ({ page, service }) => {
	await signIn(page, service.origin);
	await visit(page, logInFirst);
	await expect(page).toHaveURL(asked);
});

const foreign = [
	'https://example.com/',
	'//example.com',
	'/\\example.com',
	'/\t/example.com',
	'\\\\example.com',
	'javascript:alert(1)',
	'/..//example.com'
];

for (const next of foreign) {
	test(`next=${JSON.stringify(next)} leads to the account`, async ({ page, service }) => {
		const { sent } = await register(service.origin);
		await visit(page, `/login?next=${encodeURIComponent(next)}`);
		await logInOnPage(page, sent);
		await expectAccountOf(page, sent);
	});
}
