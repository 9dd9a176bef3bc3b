import { expect, type Page } from '@playwright/test';
import { expectAccountOf, signIn, visit } from '../support/browser/browsing.ts';
import { luringForm, startOtherSite } from '../support/http/other-site.ts';
import { test } from '../support/browser/pages.ts';
import { newUser, register } from '../support/people/users.ts';

const refusal = 'The request came from another site and was refused.';

/** Presses the button of a page that sends its form to the service, and expects the service to refuse it. */
async function expectRefusal(page: Page): Promise<void> {
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.getByRole('button', { name: 'Win a prize' }).click();
	expect((await answer).status()).toBe(403);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(refusal);
	await expect(page.getByText('403', { exact: true })).toBeVisible();
}

for (const place of ['origin', 'neighbour'] as const) {
	const from = place === 'origin' ? 'another site' : 'another port of the same host';

	test(`a form on ${from} cannot log a user out`, async ({ page, service }) => {
		const user = await signIn(page, service.origin);
		const other = await startOtherSite(luringForm(`${service.origin}/logout`));
		await page.goto(other[place]);
		await expectRefusal(page);
		await visit(page, '/account');
		await expectAccountOf(page, user);
		await other.stop();
	});

	test(`a form on ${from} cannot log a visitor in to a foreign account`, async ({ page, service }) => {
		const { sent } = await register(service.origin);
		const { email, password } = sent;
		const other = await startOtherSite(luringForm(`${service.origin}/login`, { email, password }));
		await page.goto(other[place]);
		await expectRefusal(page);
		expect(await page.context().cookies()).toEqual([]);
		await other.stop();
	});
}

test('a form on another site cannot register a user', async ({ page, service }) => {
	const user = newUser();
	const other = await startOtherSite(luringForm(`${service.origin}/register`, { ...user }));
	await page.goto(other.origin);
	await expectRefusal(page);
	await other.stop();
	// The address is still free.
	await register(service.origin, user);
});

test('a form on a page without an origin is refused', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	await page.setContent(luringForm(`${service.origin}/logout`));
	await expectRefusal(page);
	await visit(page, '/account');
	await expectAccountOf(page, user);
});

test('a link on another site opens the account of a user who is signed in', async ({ page, service }) => {
	const user = await signIn(page, service.origin);
	const other = await startOtherSite(`<a href="${service.origin}/account">To the account</a>`);
	await page.goto(other.origin);
	await page.getByRole('link').click();
	await expect(page).toHaveURL(`${service.origin}/account`);
	await expectAccountOf(page, user);
	await other.stop();
});

test('no other site can put the pages in a frame', async ({ page, service }) => {
	const other = await startOtherSite(`<iframe title="lure" src="${service.origin}/login"></iframe>`);
	const complaints: string[] = [];
	page.on('console', (message) => complaints.push(message.text()));
	await page.goto(other.neighbour);
	await expect.poll(() => complaints.join()).toContain('frame-ancestors');
	await expect(page.frameLocator('iframe').getByRole('button', { name: 'Log in' })).toHaveCount(0);
	await other.stop();
});
