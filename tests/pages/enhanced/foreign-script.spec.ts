import { expectAccountOf, signIn, visit } from '../../support/browser/browsing.ts';
import { startOtherSite, type OtherSite } from '../../support/http/other-site.ts';
import { expect } from '@playwright/test';
import { test } from '../../support/browser/pages.ts';
import { newUser, register } from '../../support/people/users.ts';

let other: OtherSite;
const siteOf = { origin: 'site', neighbour: 'port of the same host' };

test.beforeEach(async () => {
	other = await startOtherSite('');
});
test.afterEach(() => other.stop());

for (const place of ['origin', 'neighbour'] as const) {
	test(`a script on another ${siteOf[place]} can neither log a user out nor read the account`, async ({
		page,
		service
	}) => {
		const user = await signIn(page, service.origin);
		await page.goto(other[place]);
		await page.evaluate(async (origin) => {
			const body = new URLSearchParams();
			const post = { method: 'POST', mode: 'no-cors', credentials: 'include', body } as const;
			await fetch(`${origin}/logout`, post).catch(() => {});
		}, service.origin);
		const logged = () => service.logs().findLast((line) => line.path === '/logout');
		await expect.poll(logged).toMatchObject({ method: 'POST', status: 403 });

		const read = await page.evaluate(
			(address) => fetch(address, { credentials: 'include' }).then(String, () => 'refused'),
			`${service.origin}/me`
		);
		expect(read).toBe('refused');
		await visit(page, `${service.origin}/account`);
		await expectAccountOf(page, user);
	});
}

for (const place of ['origin', 'neighbour'] as const) {
	test(`a page on another ${siteOf[place]} cannot embed an image of the service`, async ({
		page,
		service
	}) => {
		await page.goto(other[place]);
		const load = (address: string) =>
			page.evaluate(async (src) => {
				const image = Object.assign(new Image(), { src });
				return image.decode().then(
					() => 'shown',
					() => 'blocked'
				);
			}, address);
		expect(await load(`${service.origin}/favicon.svg`)).toBe('blocked');
		await visit(page, `${service.origin}/login`);
		expect(await load('/favicon.svg')).toBe('shown');
	});
}

for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
	test(`a script on another site cannot register a user with ${type}`, async ({ page, service }) => {
		const user = newUser();
		await page.goto(other.origin);
		const body = type.endsWith('urlencoded')
			? new URLSearchParams({ ...user }).toString()
			: JSON.stringify(user);
		await page.evaluate(
			async ({ address, type, body }) => {
				const headers = { 'content-type': type };
				await fetch(address, { method: 'POST', mode: 'no-cors', headers, body }).catch(() => {});
				await fetch(address, { method: 'POST', headers, body }).catch(() => {});
			},
			{ address: `${service.origin}/register`, type, body }
		);
		// The address is still free.
		await register(service.origin, user);
	});
}
