import { expect, type Page } from '@playwright/test';
import { expectAccountOf, hasJavaScript, visit } from '../support/browser/browsing.ts';
import { test } from '../support/browser/pages.ts';
import { newUser, register } from '../support/people/users.ts';

/** Presses Tab for each name and expects that the focused element has it as its accessible name. */
async function tabThrough(page: Page, names: string[]): Promise<void> {
	for (const name of names) {
		await page.keyboard.press('Tab');
		await expect(page.locator(':focus')).toHaveAccessibleName(name);
	}
}

const toggle = () => (hasJavaScript() ? ['Show password'] : []);
test('Tab moves through the login page in reading order', async ({ page }) => {
	await visit(page, '/login');
	await tabThrough(page, [
		'Skip to content',
		'User Management',
		'Email address',
		'Password',
		...toggle(),
		'Log in',
		'Forgot your password?',
		'Create an account'
	]);
});

test('a user can register without a mouse', async ({ page }) => {
	const user = newUser();
	await visit(page, '/register');
	await tabThrough(page, ['Skip to content', 'User Management']);
	for (const [name, value] of [
		['First name', user.first_name],
		['Last name', user.last_name],
		['Email address', user.email],
		['Password', user.password]
	] as const) {
		await tabThrough(page, [name]);
		await page.keyboard.type(value);
	}
	await tabThrough(page, [...toggle(), 'Create account']);
	await page.keyboard.press('Space');
	await expectAccountOf(page, user);
});

test('a user can log in with Enter in a field, and log out, without a mouse', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	await visit(page, '/login');
	await tabThrough(page, ['Skip to content', 'User Management', 'Email address']);
	await page.keyboard.type(sent.email);
	await tabThrough(page, ['Password']);
	await page.keyboard.type(sent.password);
	await page.keyboard.press('Enter');
	await expectAccountOf(page, sent);

	await visit(page, '/account');
	await tabThrough(page, [
		'Skip to content',
		'User Management',
		'Change your name',
		'Change your email address',
		'Change your password',
		'Where you are logged in',
		'Download your data',
		'Delete your account',
		'Log out'
	]);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL('/login');
});

test('the skip link is visible only on focus, and leads past the header', async ({ page }) => {
	await visit(page, '/login');
	const link = page.getByRole('link', { name: 'Skip to content' });
	const isOnTop = () =>
		link.evaluate((node) => {
			const { left, top, width, height } = node.getBoundingClientRect();
			return document.elementFromPoint(left + width / 2, top + height / 2) === node;
		});
	expect(await isOnTop()).toBe(false);
	await page.keyboard.press('Tab');
	await expect(link).toBeFocused();
	expect(await isOnTop()).toBe(true);
	await expect(link).toBeInViewport({ ratio: 1 });

	await page.keyboard.press('Enter');
	await tabThrough(page, ['Email address']);
});
