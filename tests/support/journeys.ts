import { expect, type Browser, type Page } from '@playwright/test';
import { m } from '../../src/lib/paraglide/messages.js';
import { hasJavaScript, visit, waitForScript } from './browsing.ts';
import type { Engine } from './database.ts';
import { request } from './http.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { test as base } from './pages.ts';
import { type Service, startService } from './service.ts';
import { newUser, type NewUser } from './users.ts';

type Language = 'en' | 'de';

interface Options {
	language: Language;
}

interface Everywhere {
	engine: Engine;
	mail: MailServer;
	service: Service;
}

/** Playwright's `test` with a service that sends letters, on an engine, for a browser of a language. */
export const test = base.extend<Options, Everywhere>({
	language: ['en', { option: true }],
	engine: ['sqlite', { option: true, scope: 'worker' }],
	mail: [
		// Playwright reads the dependencies off this pattern.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const mail = await startMailServer();
			await use(mail);
			await mail.stop();
		},
		{ scope: 'worker' }
	],
	service: [
		async ({ engine, mail }, use) => {
			const env = { ...mail.env, EMAIL_VERIFICATION: 'required', RATE_LIMITS: 'off' };
			const service = await startService({ engine, env });
			await use(service);
			await service.stop();
		},
		{ scope: 'worker' }
	],
	locale: async ({ language }, use) => use(language === 'de' ? 'de-DE' : 'en-GB')
});

/** What a person of that language reads. */
type Said = (inputs: Record<string, never>, options: { locale: Language }) => string;

/** A person at a browser, who reads one language. */
export class Person {
	readonly page: Page;
	readonly #locale: Language;

	constructor(page: Page, locale: Language) {
		this.page = page;
		this.#locale = locale;
	}

	say(said: Said): string {
		return said({}, { locale: this.#locale });
	}

	async press(said: Said): Promise<void> {
		await this.page
			.getByRole('button', { name: this.say(said), exact: true })
			.first()
			.click();
	}

	/** @param heading of the page that the link leads to; the link's own words unless it is given */
	async follow(link: Said, heading = link): Promise<void> {
		await this.page.getByRole('link', { name: this.say(link), exact: true }).click();
		await this.sees(heading);
	}

	/** @param fields labels and what is typed */
	async type(...fields: [Said, string][]): Promise<void> {
		for (const [label, text] of fields)
			await this.page.getByLabel(this.say(label), { exact: true }).fill(text);
	}

	/** Waits for the page of that heading. */
	async sees(heading: Said): Promise<void> {
		await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(this.say(heading));
		if (hasJavaScript()) await waitForScript(this.page);
	}

	async isTold(said: Said): Promise<void> {
		await expect(this.page.getByText(this.say(said))).toBeVisible();
	}

	async isGreeted(firstName: string): Promise<void> {
		const greeting = m.account_greeting({ name: firstName }, { locale: this.#locale });
		await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(greeting);
		if (hasJavaScript()) await waitForScript(this.page);
	}

	async open(path: string): Promise<void> {
		await visit(this.page, path);
	}

	async logIn({ email, password }: Pick<NewUser, 'email' | 'password'>): Promise<void> {
		await this.open('/login');
		await this.type([m.label_email, email], [m.label_password, password]);
		await this.press(m.login_submit);
	}
}

/** Somebody with a verified address, who is logged in at one browser. */
export async function settle(
	service: Service,
	person: Person,
	overrides: Partial<NewUser> = {}
): Promise<NewUser> {
	const user = await newcomer(service, overrides);
	await person.logIn(user);
	await person.isGreeted(user.first_name);
	return user;
}

async function newcomer(service: Service, overrides: Partial<NewUser>): Promise<NewUser> {
	const sent = newUser(overrides);
	await request(service.origin, { method: 'POST', path: '/register', json: sent });
	await service.database.query('update users set email_verified_at = 1 where email = ?', [sent.email]);
	return sent;
}

/** Another browser of the same person. */
export async function atAnotherBrowser(
	browser: Browser,
	{ service, language }: { service: Service; language: Language }
): Promise<Person> {
	const context = await browser.newContext({
		baseURL: service.origin,
		locale: language === 'de' ? 'de-DE' : 'en-GB',
		javaScriptEnabled: hasJavaScript()
	});
	return new Person(await context.newPage(), language);
}

export { expect };
