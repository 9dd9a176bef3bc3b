import {
	expectAccountOf,
	logInOnPage,
	registerOnPage,
	signIn,
	visit
} from '../../support/browser/browsing.ts';
import { listenForComplaints } from '../../support/browser/complaints.ts';
import { expect } from '@playwright/test';
import { test } from '../../support/browser/pages.ts';

test('a whole visit without a page load causes no complaint of the browser', async ({ page }) => {
	const complaints = await listenForComplaints(page);
	await visit(page, '/login');
	await page.getByRole('link', { name: 'Create an account' }).click();
	await expect(page).toHaveTitle('Create your account · User Management');
	await page.getByRole('button', { name: 'Create account' }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	const user = await registerOnPage(page);
	await expectAccountOf(page, user);
	await expect(page).toHaveTitle('Your account · User Management');
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveTitle('Log in · User Management');
	await logInOnPage(page, { ...user, password: 'not the password' });
	await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
	expect(complaints).toEqual([]);
});

test('a new page is announced to screen readers, invisibly', async ({ page }) => {
	await visit(page, '/login');
	await page.getByRole('link', { name: 'Create an account' }).click();
	const announcer = page.locator('#svelte-announcer');
	await expect(announcer).toHaveText('Create your account · User Management');
	await expect(announcer).toHaveAttribute('aria-live', 'assertive');
	await expect(announcer).toHaveCSS('position', 'absolute');
	await expect(announcer).toHaveCSS('clip-path', 'inset(50%)');
	expect(await announcer.boundingBox()).toMatchObject({ width: 1, height: 1 });
});

test('a user who goes back after a logout can log in again immediately', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	await visit(page, '/account');
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');
	await page.goBack();
	await expect(page).toHaveURL('/login?next=%2Faccount');
	await logInOnPage(page, user);
	await expectAccountOf(page, user);
});

test('a user who goes back after a login stays on the account page', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	await page.context().clearCookies();
	await visit(page, '/login');
	await logInOnPage(page, user);
	await expectAccountOf(page, user);
	await page.goBack();
	await expectAccountOf(page, user);
});
