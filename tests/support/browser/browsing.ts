import { expect, test, type Page } from '@playwright/test';
import { newUser, type NewUser } from '../people/users.ts';
import { newVisitor } from '../people/visitor.ts';

/** Whether this run of the test has JavaScript. */
export function hasJavaScript(): boolean {
	return test.info().project.use.javaScriptEnabled !== false;
}

/** Opens a page and, where there is a script, waits until it has taken over. Resolves to the answer's status. */
export async function visit(page: Page, path: string): Promise<number | undefined> {
	const response = await page.goto(path);
	if (hasJavaScript()) await waitForScript(page);
	return response?.status();
}

/** Kit's announcer is the first thing that only a running page has. */
export async function waitForScript(page: Page): Promise<void> {
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}

/** Fills in the fields that are given, by their labels. */
export async function fillIn(page: Page, fields: Partial<NewUser>): Promise<void> {
	const labels = {
		first_name: 'First name',
		last_name: 'Last name',
		email: 'Email address',
		password: 'Password'
	};
	for (const [name, value] of Object.entries(fields)) {
		await page.getByLabel(labels[name as keyof NewUser], { exact: true }).fill(value);
	}
}

/** Fills in the register form of the open page and sends it. */
export async function registerOnPage(page: Page, overrides: Partial<NewUser> = {}): Promise<NewUser> {
	const user = newUser(overrides);
	await fillIn(page, user);
	await page.getByRole('button', { name: 'Create account' }).click();
	return user;
}

/** Fills in the login form of the open page and sends it. */
export async function logInOnPage(
	page: Page,
	{ email, password }: Pick<NewUser, 'email' | 'password'>
): Promise<void> {
	await fillIn(page, { email, password });
	await page.getByRole('button', { name: 'Log in' }).click();
}

/** Registers a user without the pages, and gives the browser the session. */
export async function signIn(page: Page, origin: string, overrides: Partial<NewUser> = {}): Promise<NewUser> {
	const user = newUser(overrides);
	const visitor = newVisitor(origin);
	const answer = await visitor.post('/register', { ...user });
	expect(answer.status).toBe(303);
	const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: origin }));
	await page.context().addCookies(cookies);
	return user;
}

/** Expects the account page of this person. */
export async function expectAccountOf(page: Page, user: NewUser): Promise<void> {
	await expect(page).toHaveURL('/account');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hello, ${user.first_name}`);
	await expect(page.getByText(user.email, { exact: true })).toBeVisible();
}
