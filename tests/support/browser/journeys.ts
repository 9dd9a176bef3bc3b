import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { m } from '../../../src/lib/paraglide/messages.js';
import { hasJavaScript, visit, waitForScript } from './browsing.ts';
import type { Engine } from '../database/database.ts';
import { request } from '../http/http.ts';
import { type MailServer, startMailServer } from '../email/mail-server.ts';
import { test as base } from './pages.ts';
import { type Service, startService } from '../service/service.ts';
import { newUser, type NewUser } from '../people/users.ts';

type Language = 'en' | 'de';
type Hand = 'mouse' | 'keyboard';

/** What a person reads, and what they use a browser with. */
interface Habits {
	language: Language;
	hand: Hand;
}

interface Everywhere {
	engine: Engine;
	mail: MailServer;
	service: Service;
}

const habitsOfMouse: Habits = { language: 'en', hand: 'mouse' };
const habitsOfKeyboard: Habits = { language: 'de', hand: 'keyboard' };

/**
 * Playwright's `test` with a service that sends emails, on an engine, for a browser of a language. Every pair of engine,
 * script and habits occurs, not every combination of the three: the script changes sides between the engines.
 */
export const test = base.extend<{ habits: Habits }, Everywhere>({
	habits: async ({ engine, javaScriptEnabled }, use) =>
		use((engine === 'sqlite') === (javaScriptEnabled !== false) ? habitsOfMouse : habitsOfKeyboard),
	engine: ['sqlite', { option: true, scope: 'worker' }],
	mail: [
		// Playwright reads the dependencies off this pattern.
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
	locale: async ({ habits }, use) => use(localeOf(habits))
});

const localeOf = ({ language }: Habits) => (language === 'de' ? 'de-DE' : 'en-GB');

/** What a person of that language reads. */
type Said = (inputs: Record<string, never>, options: { locale: Language }) => string;

/** How often a user presses Tab before the test fails. */
const mostTabs = 40;

/** A person at a browser, who reads one language. */
export class Person {
	readonly page: Page;
	readonly #locale: Language;
	readonly #hand: Hand;

	constructor(page: Page, { language, hand }: Habits) {
		this.page = page;
		this.#locale = language;
		this.#hand = hand;
	}

	say(said: Said): string {
		return said({}, { locale: this.#locale });
	}

	async press(said: Said): Promise<void> {
		await this.use(this.page.getByRole('button', { name: this.say(said), exact: true }).first());
	}

	/** @param heading of the page that the link leads to; the link's own words unless it is given */
	async follow(link: Said, heading = link): Promise<void> {
		await this.use(this.page.getByRole('link', { name: this.say(link), exact: true }));
		await this.sees(heading);
	}

	/** Presses a button or follows a link. */
	async use(target: Locator): Promise<void> {
		if (this.#hand === 'mouse') return target.click();
		await this.#tabTo(target);
		await this.page.keyboard.press('Enter');
	}

	/** @param fields labels and what is typed */
	async type(...fields: [Said, string][]): Promise<void> {
		for (const [label, text] of fields) {
			const field = this.page.getByLabel(this.say(label), { exact: true });
			if (this.#hand === 'mouse') await field.fill(text);
			else {
				await this.#tabTo(field);
				// What is in the field is marked on the way in, so that it is typed over.
				await this.page.keyboard.type(text);
			}
		}
	}

	async #tabTo(target: Locator): Promise<void> {
		for (let tabs = 0; tabs <= mostTabs; tabs++) {
			if (await target.evaluate((node) => node === document.activeElement)) return;
			await this.page.keyboard.press('Tab');
		}
		throw new Error(`Tab does not lead to ${target}`);
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

/** A user with a verified address, who is logged in at one browser. */
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
	{ service, habits }: { service: Service; habits: Habits }
): Promise<Person> {
	const context = await browser.newContext({
		baseURL: service.origin,
		locale: localeOf(habits),
		javaScriptEnabled: hasJavaScript()
	});
	return new Person(await context.newPage(), habits);
}
