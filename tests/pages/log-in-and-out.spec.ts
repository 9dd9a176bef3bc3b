import { expectAccountOf, logInOnPage, signIn, visit } from '../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';
import { request } from '../support/http/http.ts';
import { register } from '../support/people/users.ts';

test('a user who logs out on the account page is logged out, and can log in again', async ({
	page,
	service
}) => {
	const user = await signIn(page, service.origin);
	await visit(page, '/account');
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');
	// The remaining cookie identifies the browser and grants no access.
	expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['known-browser']);

	await logInOnPage(page, user);
	await expectAccountOf(page, user);
});

test('the logout page asks for confirmation, leads back to the account, and logs out', async ({
	page,
	service
}) => {
	const user = await signIn(page, service.origin);
	await visit(page, '/logout');
	await page.getByRole('link', { name: 'Back to your account' }).click();
	await expectAccountOf(page, user);

	await visit(page, '/logout');
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');
	await visit(page, '/account');
	await expect(page).toHaveURL('/login?next=%2Faccount');
});

test('a logout ends the session on the server', async ({ page, service }) => {
	await signIn(page, service.origin);
	const cookies = await page.context().cookies();
	await visit(page, '/account');
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');

	await page.context().addCookies(cookies);
	await visit(page, '/account');
	await expect(page).toHaveURL('/login?next=%2Faccount');
});

test('going back after a logout does not show the account', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	await visit(page, '/problems/not-found');
	await visit(page, '/account');
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');

	await page.goBack();
	await expect(page).toHaveURL('/login?next=%2Faccount');
	await expect(page.getByText(user.email)).toHaveCount(0);
});

test('the logout page redirects a visitor who is not signed in to the login page', async ({ page }) => {
	await visit(page, '/logout');
	await expect(page).toHaveURL('/login');
});

test('the login accepts an address in capital letters and with spaces around it', async ({
	page,
	service
}) => {
	const { sent } = await register(service.origin);
	await visit(page, '/login');
	await logInOnPage(page, { ...sent, email: ` ${sent.email.toUpperCase()} ` });
	await expectAccountOf(page, sent);
});

test('a login ends the session that it replaces', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	const [before] = await page.context().cookies();
	await visit(page, '/account');
	await page.context().clearCookies();
	await visit(page, '/login');
	await page.context().addCookies(before ? [before] : []);
	await logInOnPage(page, user);
	await expectAccountOf(page, user);

	const [after] = await page.context().cookies();
	expect(after?.value).not.toBe(before?.value);
	const answer = await request(service.origin, {
		path: '/me',
		headers: { cookie: `session=${before?.value}` }
	});
	expect(answer.status).toBe(401);
});

test('scripts and other sites cannot read the cookies', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	await visit(page, '/login');
	await logInOnPage(page, sent);
	await expectAccountOf(page, sent);
	const cookies = await page.context().cookies();
	const attributes = { httpOnly: true, sameSite: 'Lax', path: '/' };
	expect(cookies).toEqual([
		expect.objectContaining({ name: 'session', ...attributes }),
		expect.objectContaining({ name: 'known-browser', ...attributes })
	]);
});
