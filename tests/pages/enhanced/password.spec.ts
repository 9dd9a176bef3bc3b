import { fillIn, registerOnPage, visit } from '../../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../../support/browser/pages.ts';

test('a press on Show makes the password readable, and another hides it', async ({ page }) => {
	await visit(page, '/login');
	const password = page.getByLabel('Password', { exact: true });
	await fillIn(page, { password: ' pass word ' });
	await expect(password).toHaveAttribute('type', 'password');

	await page.getByRole('button', { name: 'Show password' }).click();
	await expect(password).toHaveAttribute('type', 'text');
	await expect(password).toHaveValue(' pass word ');
	const hide = page.getByRole('button', { name: 'Hide password' });
	await expect(hide).toBeFocused();

	await hide.press('Enter');
	await expect(password).toHaveAttribute('type', 'password');
	await expect(password).toHaveValue(' pass word ');
	await expect(page.getByRole('button', { name: 'Show password' })).toBeFocused();
	await expect(page).toHaveURL('/login');
});

test('a readable password is hidden again when it is sent', async ({ page }) => {
	await visit(page, '/login');
	await fillIn(page, { email: 'ada@example.org', password: 'not the password' });
	await page.getByRole('button', { name: 'Show password' }).click();
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
	await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'password');
});

test('a password can be pasted', async ({ page, service }) => {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.origin });
	await visit(page, '/register');
	await page.evaluate(() => navigator.clipboard.writeText('from a password manager'));
	const password = page.getByLabel('Password', { exact: true });
	await password.focus();
	await page.keyboard.press('ControlOrMeta+V');
	await expect(password).toHaveValue('from a password manager');
});

test('a password that was refused is typed over', async ({ page }) => {
	await visit(page, '/register');
	await registerOnPage(page, { password: 'short' });
	const password = page.getByLabel('Password', { exact: true });
	await expect(password).toBeFocused();
	await page.keyboard.type('four calm green words');
	await expect(password).toHaveValue('four calm green words');
});
