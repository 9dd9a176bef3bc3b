import { expect, type Page } from '@playwright/test';
import { findBarriers } from '../support/browser/axe.ts';
import { hasJavaScript, signIn, visit } from '../support/browser/browsing.ts';
import { listenForComplaints } from '../support/browser/complaints.ts';
import { findOverflow, findSmallTargets } from '../support/browser/geometry.ts';
import { test } from '../support/browser/pages.ts';
import { newUser, register } from '../support/people/users.ts';

const asked = '/problems/email-taken?from=a%26b';
const logInFirst = `/login?next=${encodeURIComponent(asked)}`;
const choice = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function expectLanguage(page: Page, language: 'en' | 'de'): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('lang', language);
	const [now, other] = language === 'de' ? ['Deutsch', 'English'] : ['English', 'Deutsch'];
	await expect(choice(page, now)).toHaveAttribute('aria-current', 'true');
	await expect(choice(page, other)).not.toHaveAttribute('aria-current');
}

test('the switch changes the whole page to the other language, and back', async ({ page }) => {
	await visit(page, logInFirst);
	await expectLanguage(page, 'en');
	await choice(page, 'Deutsch').click();
	await expectLanguage(page, 'de');
	await expect(page).toHaveURL(logInFirst);
	await expect(page).toHaveTitle('Anmelden · User Management');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Anmelden');
	await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible();
	await expect(page.getByRole('form', { name: 'Sprache' })).toBeVisible();

	await page.getByRole('link', { name: 'Konto erstellen' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Konto erstellen');
	await expectLanguage(page, 'de');
	await choice(page, 'English').click();
	await expectLanguage(page, 'en');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create your account');
	await expect(page).toHaveURL(logInFirst.replace('/login', '/register'));
});

test('a user who switches the language before logging in still gets the requested page', async ({
	page,
	service
}) => {
	const { sent } = await register(service.origin);
	await visit(page, logInFirst);
	await choice(page, 'Deutsch').click();
	await expectLanguage(page, 'de');
	if (hasJavaScript()) await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	await page.getByLabel('E-Mail-Adresse').fill(sent.email);
	await page.getByLabel('Passwort', { exact: true }).fill(sent.password);
	await page.getByRole('button', { name: 'Anmelden' }).click();
	await expect(page).toHaveURL(asked);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('E-Mail-Adresse bereits registriert');
});

test('the switch comes last in tab order and works with Enter', async ({ page }) => {
	await visit(page, '/login');
	await page.getByRole('link', { name: 'Create an account' }).focus();
	await page.keyboard.press('Tab');
	await expect(choice(page, 'English')).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(choice(page, 'Deutsch')).toBeFocused();
	await page.keyboard.press('Enter');
	await expectLanguage(page, 'de');
});

test('each language is named in that language', async ({ page }) => {
	await visit(page, '/login');
	await expect(choice(page, 'Deutsch')).toHaveAttribute('lang', 'de');
	await expect(choice(page, 'English')).toHaveAttribute('lang', 'en');
});

test.describe('a browser that prefers German', () => {
	test.use({ locale: 'de-AT' });

	test('gets German pages by default, and English ones after the user chooses English', async ({
		page,
		service
	}) => {
		await signIn(page, service.origin);
		await visit(page, '/account');
		await expectLanguage(page, 'de');
		await expect(page.getByText('Mitglied seit')).toBeVisible();
		const today = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format();
		await expect(page.locator('time')).toHaveText(today);
		await choice(page, 'English').click();
		await expect(page.getByText('Member since')).toBeVisible();
		await expect(page).toHaveURL('/account');
	});

	test('gets the errors of the form and of its fields in German', async ({ page }) => {
		await visit(page, '/login');
		await page.getByRole('button', { name: 'Anmelden' }).click();
		await expect(page.getByRole('alert')).toHaveText('Bitte prüfen Sie Ihre Angaben.');
		await expect(page.getByLabel('E-Mail-Adresse')).toHaveAccessibleDescription(
			'Geben Sie Ihre E-Mail-Adresse ein.'
		);
		const stranger = newUser();
		await page.getByLabel('E-Mail-Adresse').fill(stranger.email);
		await page.getByLabel('Passwort', { exact: true }).fill(stranger.password);
		await page.getByRole('button', { name: 'Anmelden' }).click();
		await expect(page.getByRole('alert')).toHaveText(
			'E-Mail-Adresse oder Passwort stimmt nicht. Prüfen Sie bitte beides.'
		);
	});

	for (const path of [
		'/login',
		'/register',
		'/account',
		'/logout',
		'/problems/not-found',
		'/docs',
		'/nope'
	]) {
		test(`gets ${path} in German, fit for a phone, and axe finds no violation`, async ({ page, service }) => {
			const complaints = await listenForComplaints(page);
			await signIn(page, service.origin);
			if (path === '/login' || path === '/register') await page.context().clearCookies();
			await page.setViewportSize({ width: 320, height: 568 });
			await page.goto(path);
			await expectLanguage(page, 'de');
			expect(await findOverflow(page)).toEqual([]);
			expect(await findSmallTargets(page)).toEqual([]);
			expect(await findBarriers(page)).toEqual([]);
			expect(complaints).toEqual([]);
		});
	}
});
