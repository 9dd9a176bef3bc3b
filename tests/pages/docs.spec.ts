import { expect, type Page } from '@playwright/test';
import { visit } from '../support/browser/browsing.ts';
import { Contract, type ApiDocument } from '../support/http/contract.ts';
import { request } from '../support/http/http.ts';
import { test } from '../support/browser/pages.ts';

/** What the browser loads from now on: kind and address. */
function listenForRequests(page: Page): { type: string; url: string }[] {
	const requests: { type: string; url: string }[] = [];
	page.on('request', (sent) => requests.push({ type: sent.resourceType(), url: sent.url() }));
	return requests;
}

test('the page has every operation of the document, with its refusals', async ({ page, service }) => {
	const { json } = await request(service.origin, { path: '/openapi.json' });
	const contract = new Contract(json as unknown as ApiDocument);
	await page.goto('/docs');
	for (const name of contract.operations.keys()) {
		const operation = page.getByRole('region', { name, exact: true });
		await expect(operation).toContainText(`curl ${service.origin}${name.split(' ')[1]}`);
		const listed = [operation, page.getByRole('region', { name: 'Errors of any request' })];
		const codes = await Promise.all(listed.map((region) => region.getByRole('link').allInnerTexts()));
		for (const line of contract.listDescribed().filter((entry) => entry.startsWith(`${name} `))) {
			const [, , status = '', code] = line.split(' ');
			if (code) expect(codes.flat(), line).toContain(code);
			else await expect(operation).toContainText(status);
		}
	}
});

test('the fields of a body have their rules', async ({ page }) => {
	await page.goto('/docs');
	const register = page.getByRole('region', { name: 'POST /register' });
	await expect(register.getByText('password 8 to 256 characters, required')).toBeVisible();
	await expect(register.getByText('role only “user”')).toBeVisible();
	const token = page.getByRole('region', { name: 'POST /token' });
	await expect(
		token.getByText('username 1 to 254 characters, one of email, username is required')
	).toBeVisible();
	await expect(token.getByText('grant_type only “password”', { exact: true })).toHaveCount(2);
	await expect(token.getByRole('heading', { name: 'With a refresh token' })).toHaveCount(2);
	await expect(token.getByText('grant_type only “refresh_token”, required')).toHaveCount(2);
});

test('what a client has to show is in its commands', async ({ page }) => {
	await page.goto('/docs');
	const introspect = page.getByRole('region', { name: 'POST /introspect' });
	await expect(introspect).toContainText('-u "$CLIENT_ID:$CLIENT_SECRET"');
	await expect(introspect).toContainText('the credentials of a client');
});

test('no mark-up of the document is left in its sentences', async ({ page }) => {
	await page.goto('/docs');
	const jwks = page.getByRole('region', { name: 'GET /.well-known/jwks.json' });
	await expect(jwks).toContainText('304');
	await expect(page.getByRole('main')).not.toContainText('`');
});

test('it needs no script and nothing from elsewhere', async ({ page, service }) => {
	const requests = listenForRequests(page);
	await page.goto('/docs', { waitUntil: 'networkidle' });
	// Some browsers ask for the icon, whose type is other.
	const types = new Set(requests.map(({ type }) => type).filter((type) => type !== 'other'));
	expect(types).toEqual(new Set(['document', 'stylesheet']));
	for (const { url } of requests) expect(url).toContain(service.origin);
});

test('what it loads burdens no other page', async ({ page }) => {
	const requests = listenForRequests(page);
	await visit(page, '/login');
	await page.waitForLoadState('networkidle');
	const before = requests.length;
	await page.goto('/docs', { waitUntil: 'networkidle' });
	const own = requests.slice(before).filter(({ type }) => type === 'stylesheet');
	const shared = requests.slice(0, before).map(({ url }) => url);
	expect(own.filter(({ url }) => !shared.includes(url))).toHaveLength(1);
});

test('an operation leads to the explanation of its refusals, and from there back', async ({ page }) => {
	await page.goto('/docs');
	await page.getByRole('link', { name: 'POST /register' }).click();
	await expect(page).toHaveURL('/docs#register');
	const register = page.getByRole('region', { name: 'POST /register' });
	await expect(register).toBeInViewport();
	await register.getByRole('link', { name: 'email_taken' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Email already registered');
	await page.getByRole('link', { name: 'API reference' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('API');
	await page.goBack();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Email already registered');
});
