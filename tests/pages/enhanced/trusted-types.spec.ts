import { expect, type Page } from '@playwright/test';
import { expectAccountOf, fillIn, registerOnPage, visit } from '../../support/browser/browsing.ts';
import { listenForComplaints } from '../../support/browser/complaints.ts';
import { luringForm } from '../../support/http/other-site.ts';
import { strengthSentence } from '../../support/browser/page-states.ts';
import { test } from '../../support/browser/pages.ts';

interface Policies {
	trustedTypes: { createPolicy: (name: string, rules: object) => unknown };
}

/** What becomes of texts that a careless script writes where HTML or a script's address belongs. */
function writeCarelessly(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const acts: Record<string, () => unknown> = {
			html: () => (document.body.innerHTML = '<img src=x onerror="document.title=\'owned\'">'),
			script: () => (document.createElement('script').text = 'document.title = "owned"'),
			address: () => (document.createElement('script').src = '/robots.txt'),
			policy: () => (window as unknown as Policies).trustedTypes.createPolicy('mine', {})
		};
		return Object.entries(acts).map(([name, act]) => {
			try {
				act();
				return `${name} was taken`;
			} catch (error) {
				return `${name}: ${(error as Error).name}`;
			}
		});
	});
}

const refused = ['html', 'script', 'address', 'policy'].map((name) => `${name}: TypeError`);

for (const path of ['/login', '/register', '/problems/not-found', '/nope']) {
	test(`${path} takes no text for HTML or a script`, async ({ page }) => {
		await visit(page, path);
		expect(await writeCarelessly(page)).toEqual(refused);
	});
}

test('neither does a page of the last resort', async ({ page, service }) => {
	await page.setContent(luringForm(`${service.origin}/login`));
	await page.getByRole('button').click();
	await expect(page.getByText('403')).toBeVisible();
	expect(await writeCarelessly(page)).toEqual(refused);
});

test('a visit from page to page, forms and all, breaks no policy', async ({ page }) => {
	const complaints = await listenForComplaints(page);
	await visit(page, '/login');
	await page.getByRole('link', { name: 'Create an account' }).click();
	await expect(page).toHaveURL('/register');
	await fillIn(page, { password: 'four calm green words' });
	await expect(page.getByText(strengthSentence)).toBeVisible();
	await page.getByRole('button', { name: 'Create account' }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	const user = await registerOnPage(page);
	await expectAccountOf(page, user);
	await page.goBack();
	await expectAccountOf(page, user);
	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page.getByRole('alert')).toBeVisible();
	await page.getByRole('link', { name: 'User Management' }).click();
	await expect(page).toHaveURL('/login');
	expect(complaints).toEqual([]);
});
