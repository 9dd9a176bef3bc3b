import { expect, type Page } from '@playwright/test';
import { expectAccountOf, logInOnPage, registerOnPage, visit } from '../../support/browser/browsing.ts';
import { test } from '../../support/browser/pages.ts';

/** Everything that a script in the page could read and keep. */
async function readableByScripts(page: Page): Promise<string> {
	const kept = await page.evaluate(async () => {
		const databases = await indexedDB.databases();
		const { localStorage, sessionStorage, history, name } = window;
		const stores = [localStorage, sessionStorage].map((store) => ({ ...store }));
		return {
			cookie: document.cookie,
			href: location.href,
			state: history.state as unknown,
			name,
			stores,
			databases
		};
	});
	return JSON.stringify(kept) + (await page.content());
}

test('neither password nor session are anywhere a script could read them', async ({ page }) => {
	const addresses: string[] = [];
	page.on('request', (request) => addresses.push(request.url()));
	await visit(page, '/register');
	await registerOnPage(page, { first_name: '', password: 'correct horse battery' });
	await expect(page.getByRole('alert')).toBeVisible();
	expect(await readableByScripts(page)).not.toContain('correct horse battery');

	const user = await registerOnPage(page);
	await expectAccountOf(page, user);
	const [session] = await page.context().cookies();
	const atAccount = await readableByScripts(page);
	expect(session?.value).toMatch(/^[\w-]{43}$/);
	expect(atAccount).not.toContain(session?.value);
	expect(atAccount).not.toContain(user.password);
	expect(await page.evaluate(() => document.cookie)).toBe('');

	await page.getByRole('button', { name: 'Log out' }).click();
	await expect(page).toHaveURL('/login');
	await logInOnPage(page, user);
	await expectAccountOf(page, user);
	expect(await readableByScripts(page)).not.toContain(user.password);
	expect(addresses.filter((address) => /correct|horse|password/.test(address))).toEqual([]);
});
