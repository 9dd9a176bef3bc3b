import { expect, type Page, type Route } from '@playwright/test';
import { fillIn, logInOnPage, registerOnPage, visit } from '../../support/browser/browsing.ts';
import { test } from '../../support/browser/pages.ts';
import { newUser, register } from '../../support/people/users.ts';

/** Holds back what is posted; `letGo` sends it on. */
async function holdPosts(page: Page): Promise<{ posts: Route[]; letGo: () => Promise<void> }> {
	const posts: Route[] = [];
	await page.route('**/*', async (route) => {
		if (route.request().method() === 'POST') posts.push(route);
		else await route.continue();
	});
	return {
		posts,
		letGo: async () => {
			for (const route of posts) await route.continue();
		}
	};
}

/** Leaves a mark that is gone when the document is loaded anew. */
const mark = (page: Page) => page.evaluate(() => document.documentElement.setAttribute('data-mark', ''));

test('the button says that it works, keeps the focus and takes no second press', async ({
	page,
	service
}) => {
	const { sent } = await register(service.origin);
	await visit(page, '/login');
	const { posts, letGo } = await holdPosts(page);
	await logInOnPage(page, sent);

	const button = page.getByRole('button', { name: 'Logging in…' });
	await expect(button).toHaveAttribute('aria-disabled', 'true');
	await expect(button).toBeFocused();
	await button.click({ force: true });
	await page.getByLabel('Email address').press('Enter');
	await expect(button).toBeVisible();
	expect(posts).toHaveLength(1);

	await letGo();
	await expect(page).toHaveURL('/account');
	expect(posts).toHaveLength(1);
});

for (const { path, name, busy } of [
	{ path: '/login', name: 'Log in', busy: 'Logging in…' },
	{ path: '/register', name: 'Create account', busy: 'Creating account…' }
]) {
	test(`a form on ${path} that fails is usable again, without the page being loaded anew`, async ({
		page
	}) => {
		await visit(page, path);
		await mark(page);
		const { posts, letGo } = await holdPosts(page);
		await fillIn(page, { email: 'ada@example.org' });
		await page.getByRole('button', { name }).click();
		await expect(page.getByRole('button', { name: busy })).toBeVisible();
		await expect.poll(() => posts.length).toBe(1);
		await letGo();

		await expect(page.getByRole('button', { name })).not.toHaveAttribute('aria-disabled');
		await expect(page.locator('[aria-invalid]').first()).toBeFocused();
		await expect(page.getByLabel('Email address')).toHaveValue('ada@example.org');
		await expect(page.locator('html[data-mark]')).toHaveCount(1);
	});
}

test('what was typed while the answer was on its way stays', async ({ page }) => {
	await visit(page, '/register');
	const { posts, letGo } = await holdPosts(page);
	await registerOnPage(page, { email: 'ada at home' });
	await expect.poll(() => posts.length).toBe(1);
	await fillIn(page, { last_name: 'King' });
	await letGo();
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(page.getByLabel('Last name')).toHaveValue('King');
});

test('a second mistake is announced like the first', async ({ page }) => {
	await visit(page, '/login');
	const user = newUser();
	await logInOnPage(page, user);
	await expect(page.getByRole('alert')).toHaveText('Invalid credentials');
	await page.getByRole('alert').evaluate((node) => node.setAttribute('data-first', ''));
	await logInOnPage(page, user);
	// A live region speaks when it is put in, not when it says the same again.
	await expect(page.locator('[role="alert"]:not([data-first])')).toBeFocused();
});

test('without a network the form says so in place, keeps what was typed and can be sent again', async ({
	page,
	service
}) => {
	const { sent } = await register(service.origin);
	await visit(page, '/login');
	await mark(page);
	await page.context().setOffline(true);
	await logInOnPage(page, sent);
	await expect(page.getByRole('alert')).toHaveText(
		'The service did not answer. Check your connection and try again.'
	);
	await expect(page.getByRole('alert')).toBeFocused();
	await expect(page.getByLabel('Email address')).toHaveValue(sent.email);
	await expect(page.getByLabel('Password', { exact: true })).toHaveValue(sent.password);
	await expect(page.locator('html[data-mark]')).toHaveCount(1);

	await page.context().setOffline(false);
	await page.getByRole('button', { name: 'Log in' }).click();
	await expect(page).toHaveURL('/account');
});

test('an answer that is not from the service is said in place too', async ({ page }) => {
	await visit(page, '/login');
	await page.route('**/login', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
	await logInOnPage(page, { email: 'ada@example.org', password: 'correct horse battery' });
	await expect(page.getByRole('alert')).toBeFocused();
	await expect(page.getByLabel('Email address')).toHaveValue('ada@example.org');
	await expect(page.getByRole('button', { name: 'Log in' })).not.toHaveAttribute('aria-disabled');
});
