import { expect, type Page } from '@playwright/test';
import { fillIn, logInOnPage, registerOnPage, visit } from '../support/browser/browsing.ts';
import { test } from '../support/browser/pages.ts';
import { newUser, register, uniqueEmail } from '../support/people/users.ts';

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

/** Expects exactly these fields to be marked as invalid, each with its sentence, and the first to have the focus. */
async function expectWrong(page: Page, sentences: Record<string, string>): Promise<void> {
	await expect(page.getByRole('alert')).toHaveText('Some fields need your attention.');
	for (const [label, sentence] of Object.entries(sentences)) {
		await expect(field(page, label)).toHaveAttribute('aria-invalid', 'true');
		await expect(field(page, label)).toHaveAccessibleDescription(new RegExp(`^${RegExp.escape(sentence)}`));
		await expect(page.getByText(sentence, { exact: true }).first()).toBeVisible();
	}
	await expect(page.locator('[aria-invalid]')).toHaveCount(Object.keys(sentences).length);
	await expect(field(page, Object.keys(sentences)[0] ?? '')).toBeFocused();
}

test('an empty registration form says in every field what is missing', async ({ page }) => {
	await visit(page, '/register');
	await page.getByRole('button', { name: 'Create account' }).click();
	await expectWrong(page, {
		'First name': 'Enter your first name.',
		'Last name': 'Enter your last name.',
		'Email address': 'Enter your email address.',
		Password: 'Enter a password.'
	});
});

test('an empty login form says in every field what is missing', async ({ page }) => {
	await visit(page, '/login');
	await page.getByRole('button', { name: 'Log in' }).click();
	await expectWrong(page, {
		'Email address': 'Enter your email address.',
		Password: 'Enter a password.'
	});
});

test('a login form without a password focuses that field and keeps the address', async ({ page }) => {
	await visit(page, '/login');
	await logInOnPage(page, { email: 'ada@example.org', password: '' });
	await expectWrong(page, { Password: 'Enter a password.' });
	await expect(field(page, 'Email address')).toHaveValue('ada@example.org');
});

test('a refused form keeps the entered values except the password', async ({ page }) => {
	await visit(page, '/register');
	await registerOnPage(page, { email: 'ada at home', password: 'correct horse battery' });
	await expectWrong(page, { 'Email address': 'Enter an email address such as name@example.org.' });
	await expect(field(page, 'First name')).toHaveValue('Ada');
	await expect(field(page, 'Last name')).toHaveValue('Lovelace');
	await expect(field(page, 'Email address')).toHaveValue('ada at home');
	expect(await page.content()).not.toContain('correct horse battery');
});

test('a corrected form is accepted', async ({ page }) => {
	await visit(page, '/register');
	const { password } = await registerOnPage(page, { email: 'ada at home' });
	await expectWrong(page, { 'Email address': 'Enter an email address such as name@example.org.' });
	await fillIn(page, { email: uniqueEmail(), password });
	await page.getByRole('button', { name: 'Create account' }).click();
	await expect(page).toHaveURL('/account');
});

const refused = [
	{ password: 'qwertyuiop', sentence: 'This password is one of the most common ones. Choose another.' },
	{ password: 'seven77', sentence: 'Use at least 8 characters.' },
	{ password: 'x'.repeat(257), sentence: 'Use at most 256 characters.' },
	{
		password: 'Lovelace1815!',
		sentence: 'Others can guess “Lovelace”, and the rest of the password is too weak. Add unrelated words.'
	}
];

for (const { password, sentence } of refused) {
	test(`a password of ${password.length} characters is refused: ${sentence}`, async ({ page }) => {
		await visit(page, '/register');
		await registerOnPage(page, { password });
		await expectWrong(page, { Password: sentence });
		await expect(field(page, 'Password')).toHaveAccessibleDescription(/At least 8 characters\./);
	});
}

test('the form says that an address is taken, in capital letters too', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	await visit(page, '/register');
	const email = sent.email.toUpperCase();
	await registerOnPage(page, { email });
	await expect(page.getByRole('alert')).toHaveText('Email already registered');
	await expect(field(page, 'Email address')).toHaveValue(email);
	await expect(page).toHaveURL('/register');
	expect(await page.context().cookies()).toEqual([]);
});

test('a wrong password and an unknown address get the same error', async ({ page, service }) => {
	const { sent } = await register(service.origin);
	for (const email of [sent.email, newUser().email]) {
		await visit(page, '/login');
		await logInOnPage(page, { email, password: 'not the password' });
		const alert = page.getByRole('alert');
		await expect(alert).toHaveText('Invalid credentials');
		await expect(alert).toBeFocused();
		await expect(field(page, 'Email address')).toHaveValue(email);
		await expect(page.locator('[aria-invalid]')).toHaveCount(0);
	}
	expect(await page.context().cookies()).toEqual([]);
});

test('a form with errors is answered with status 422', async ({ page }) => {
	await visit(page, '/register');
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.getByRole('button', { name: 'Create account' }).click();
	const { status } = await (await answer).json().catch(async () => ({ status: (await answer).status() }));
	expect(status).toBe(422);
});
