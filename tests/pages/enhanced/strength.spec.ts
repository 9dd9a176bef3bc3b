import { expect, type Page } from '@playwright/test';
import { fillIn, visit } from '../../support/browser/browsing.ts';
import { listenForComplaints } from '../../support/browser/complaints.ts';
import { strengthSentence } from '../../support/browser/page-states.ts';
import { test } from '../../support/browser/pages.ts';
import { newUser } from '../../support/people/users.ts';

const meter = (page: Page) => page.getByRole('meter', { name: 'Password strength' });
const advice = (page: Page) => page.getByText(strengthSentence);
const ofPersonalWord =
	'Others can guess “Lovelace”, and the rest of the password is too weak. Add unrelated words.';

/** Notes the scripts that this page loads from now on, by their size in bytes. */
function noteScripts(page: Page): { url: string; size: number }[] {
	const scripts: { url: string; size: number }[] = [];
	page.on('response', async (response) => {
		if (response.request().resourceType() !== 'script') return;
		scripts.push({ url: response.url(), size: (await response.body()).length });
	});
	return scripts;
}

for (const [password, level, sentence] of [
	['sdfghjklöä', 'Weak', 'Weak. Neighbouring keys are easy to guess. Add a word or two.'],
	['summer2024!', 'Fair', 'Fair. Add a word or two.'],
	['xK9#mQ2$vL', 'Good', 'Good.'],
	['four calm green words', 'Strong', 'Strong.'],
	['short', 'Not enough yet', 'Not enough yet. Use at least 8 characters.'],
	['x'.repeat(257), 'Not enough yet', 'Not enough yet. Use at most 256 characters.'],
	['Lovelace1815!', 'Not enough yet', `Not enough yet. ${ofPersonalWord}`],
	[
		'qwertyuiop',
		'Not enough yet',
		'Not enough yet. This password is one of the most common ones. Choose another.'
	]
] as const) {
	test(`a password of ${password.length} characters is ${level}, in words`, async ({ page }) => {
		await visit(page, '/register');
		await fillIn(page, newUser({ password }));
		await expect(advice(page)).toHaveText(sentence);
		await expect(meter(page)).toHaveAttribute('aria-valuetext', level);
	});
}

for (const password of ['short', 'qwertyuiop', 'Lovelace1815!', 'User.Management1', 'x'.repeat(257)]) {
	const start = `${password.slice(0, 16)} (${password.length})`;
	test(`what the meter does not accept the server refuses in the same words: ${start}`, async ({ page }) => {
		await visit(page, '/register');
		await fillIn(page, newUser({ password }));
		await expect(advice(page)).toContainText('Not enough yet.');
		const said = (await advice(page).textContent()) ?? '';
		await page.getByRole('button', { name: 'Create account' }).click();
		const sentence = said.replace('Not enough yet. ', '');
		await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
			new RegExp(`^${RegExp.escape(sentence)}`)
		);
	});
}

test('the meter never stands in the way', async ({ page }) => {
	await visit(page, '/register');
	await fillIn(page, newUser({ password: 'sdfghjklöä' }));
	await expect(advice(page)).toContainText('Weak.');
	await page.getByRole('button', { name: 'Create account' }).click();
	await expect(page).toHaveURL('/account');
});

test('a name that is entered after the password counts', async ({ page }) => {
	await visit(page, '/register');
	await fillIn(page, { password: 'Grobowski1990' });
	await expect(advice(page)).not.toContainText('Not enough yet.');
	await fillIn(page, { last_name: 'Grobowski' });
	await expect(advice(page)).toContainText('Others can guess “Grobowski”');
});

test('an emptied field has no strength', async ({ page }) => {
	await visit(page, '/register');
	await fillIn(page, { password: 'four calm green words' });
	await expect(meter(page)).toBeVisible();
	await fillIn(page, { password: '' });
	await expect(meter(page)).toHaveCount(0);
	await expect(advice(page)).toHaveCount(0);
});

test('a screen reader hears it once the person pauses, not at each key', async ({ page }) => {
	await visit(page, '/register');
	await page.evaluate(() => {
		const region = document.querySelector('[aria-live="polite"]:not(#svelte-announcer)');
		if (!region) throw new Error('there is no live region');
		const said: string[] = [];
		Object.assign(window, { said });
		new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(region, {
			childList: true,
			characterData: true,
			subtree: true
		});
	});
	await page
		.getByLabel('Password', { exact: true })
		.pressSequentially('four calm green words', { delay: 30 });
	await expect(advice(page)).toHaveText('Strong.');
	expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual(['Strong.']);
});

test('its list comes with the first character of a new password, and with no other page', async ({
	page
}) => {
	const scripts = noteScripts(page);
	const large = () => scripts.filter(({ size }) => size > 100_000);
	await visit(page, '/login');
	await fillIn(page, { email: 'ada@example.org', password: 'four calm green words' });
	await visit(page, '/register');
	await fillIn(page, { first_name: 'Ada', email: 'ada@example.org' });
	await page.waitForLoadState('networkidle');
	expect(scripts.length).toBeGreaterThan(5);
	expect(large()).toEqual([]);

	await page.getByLabel('Password', { exact: true }).press('x');
	await expect(meter(page)).toBeVisible();
	await expect.poll(() => large().length).toBe(1);
	expect(large()[0]?.size).toBeLessThan(480_000);
});

test('without its list the page works as before', async ({ page }) => {
	await page.route('**/_app/immutable/chunks/*.js', async (route) => {
		const response = await route.fetch();
		if ((await response.body()).length > 100_000) await route.abort();
		else await route.fulfill({ response });
	});
	await visit(page, '/register');
	const complaints = await listenForComplaints(page);
	await fillIn(page, newUser());
	await expect.poll(() => complaints.join()).toContain('no answer');
	await expect(meter(page)).toHaveCount(0);
	expect(complaints.filter((text) => text.startsWith('exception'))).toEqual([]);
	await page.getByRole('button', { name: 'Create account' }).click();
	await expect(page).toHaveURL('/account');
});

test('the password leaves the page only when it is sent', async ({ page, service }) => {
	await visit(page, '/register');
	const sent: string[] = [];
	page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData()}`));
	await fillIn(page, newUser({ password: 'four calm green words' }));
	await expect(advice(page)).toHaveText('Strong.');
	expect(sent.join('\n')).not.toMatch(/POST|four|calm|green/);
	expect(
		await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
	).not.toContain('calm');
	expect(await page.content()).not.toContain('calm');
	expect(service.output()).not.toContain('calm');
});
