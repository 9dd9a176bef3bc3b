import { expectAccountOf, registerOnPage, signIn, visit } from '../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';

test('a user who registers is signed in and sees the details of the account', async ({ page }) => {
	await visit(page, '/register');
	const user = await registerOnPage(page, { first_name: 'Grace', last_name: 'Hopper' });
	await expectAccountOf(page, user);

	const facts = {
		Name: 'Grace Hopper',
		'Email address': user.email,
		Role: 'User',
		'Member since': new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format()
	};
	for (const [term, definition] of Object.entries(facts)) {
		const row = page.locator('dl > div', { has: page.getByRole('term').getByText(term, { exact: true }) });
		await expect(row.getByRole('definition')).toHaveText(definition);
	}
	await expect(page.getByRole('time')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/);
});

test('spaces around an address and a name are trimmed', async ({ page }) => {
	await visit(page, '/register');
	const user = await registerOnPage(page, { first_name: '  Ada ', last_name: ' Lovelace  ' });
	await expectAccountOf(page, user);
	await expect(page.getByText('Ada Lovelace', { exact: true })).toBeVisible();
});

test('a password of spaces and emoji is accepted', async ({ page }) => {
	await visit(page, '/register');
	await registerOnPage(page, { password: '   🐎🔋 📎  ' });
	await expect(page).toHaveURL('/account');
});

test('the start page leads a visitor to the login page and a user to the account', async ({
	page,
	service
}) => {
	await visit(page, '/');
	await expect(page).toHaveURL('/login');
	const user = await signIn(page, service.origin);
	await visit(page, '/');
	await expectAccountOf(page, user);
});

for (const path of ['/login', '/register']) {
	test(`${path} redirects a user who is signed in to the account`, async ({ page, service }) => {
		const user = await signIn(page, service.origin);
		await visit(page, path);
		await expectAccountOf(page, user);
	});
}

test('each field tells browsers and password managers its purpose', async ({ page }) => {
	await visit(page, '/register');
	const purposes = {
		'First name': 'given-name',
		'Last name': 'family-name',
		'Email address': 'username',
		Password: 'new-password'
	};
	for (const [label, purpose] of Object.entries(purposes)) {
		await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('autocomplete', purpose);
	}
	await visit(page, '/login');
	await expect(page.getByLabel('Email address')).toHaveAttribute('autocomplete', 'username');
	await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute(
		'autocomplete',
		'current-password'
	);
});
