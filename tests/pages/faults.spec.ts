import { findBarriers } from '../support/browser/axe.ts';
import { fillIn, signIn, visit } from '../support/browser/browsing.ts';
import { listenForComplaints } from '../support/browser/complaints.ts';
import { expect } from '@playwright/test';
import { test } from '../support/browser/pages.ts';
import { startService, type Service } from '../support/service/service.ts';

let broken: Service;

test.beforeEach(async () => {
	broken = await startService({ engine: 'sqlite' });
});
test.afterEach(() => broken.stop());

test('a fault of ours while logging in is said in the form, and what was entered stays', async ({ page }) => {
	const complaints = await listenForComplaints(page);
	await visit(page, `${broken.origin}/login`);
	await fillIn(page, { email: 'ada@example.org', password: 'correct horse battery' });
	await broken.database.query('alter table users rename to elsewhere');
	await page.getByRole('button', { name: 'Log in' }).click();

	await expect(page.getByRole('alert')).toHaveText('Something went wrong on our side. Try again later.');
	await expect(page.getByRole('alert')).toBeFocused();
	await expect(page.getByLabel('Email address')).toHaveValue('ada@example.org');
	expect(complaints).toEqual([]);
});

test('a fault of ours instead of a page says so, without a word about its cause', async ({ page }) => {
	const complaints = await listenForComplaints(page);
	await signIn(page, broken.origin);
	await broken.database.query('alter table users rename to elsewhere');
	const answer = await page.goto(`${broken.origin}/account`);

	expect(answer?.status()).toBe(500);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Something went wrong on our side. Try again later.'
	);
	await expect(page.getByRole('link', { name: 'Go to the start page' })).toBeVisible();
	expect(await page.content()).not.toMatch(/select|users|sqlite|\.js:|at \w+ \(/i);
	expect(await findBarriers(page)).toEqual([]);
	expect(complaints).toEqual([]);
});
