import { visit } from '../../support/browser/browsing.ts';
import { expect } from '@playwright/test';
import { test } from '../../support/browser/pages.ts';

test.use({ locale: 'de-DE' });

test('what the browser says by itself is in the language of the page', async ({ page }) => {
	await visit(page, '/register');
	await page.getByLabel('Passwort', { exact: true }).fill('summer2024!');
	await expect(page.getByText('Mittel. Fügen Sie ein oder zwei Wörter hinzu.')).toBeVisible();
	await expect(page.getByRole('meter', { name: 'Passwortstärke' })).toBeVisible();
	await page.getByRole('button', { name: 'Passwort anzeigen' }).click();
	await expect(page.getByRole('button', { name: 'Passwort ausblenden' })).toBeVisible();
});

test('a translated page keeps its sentences when a program changes its language', async ({ page }) => {
	await visit(page, '/register');
	await page.evaluate(() => (document.documentElement.lang = 'en'));
	await page.getByRole('button', { name: 'Passwort anzeigen' }).click();
	await expect(page.getByRole('button', { name: 'Passwort ausblenden' })).toBeVisible();
});

test('without an answer the form says so in German', async ({ page }) => {
	await visit(page, '/login');
	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Anmelden' }).click();
	await expect(page.getByRole('alert')).toContainText('Der Dienst hat nicht geantwortet.');
});
