import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { accountStates } from './account-states.ts';
import { exhaustTries } from '../service/limits.ts';
import { fillIn, hasJavaScript, logInOnPage, signIn, visit } from './browsing.ts';
import { luringForm } from '../http/other-site.ts';
import type { Service } from '../service/service.ts';
import { newUser, register } from '../people/users.ts';

/** A page in one of its states, as a person can come upon it. */
export interface PageState {
	name: string;
	/** The window's. */
	title: string;
	heading: string;
	open: (page: Page, service: Service) => Promise<unknown>;
}

/** What the meter says of a password, once the user pauses. */
export const strengthSentence = /^(Not enough yet|Weak|Fair|Good|Strong)\./;

/** The longest name and address that the fields take, without a place to break them. */
export const longest = {
	first_name: 'W'.repeat(100),
	last_name: 'M'.repeat(100),
	email: () => `${'w'.repeat(200)}${randomBytes(4).toString('hex')}@${'m'.repeat(33)}.example.org`
};

async function sendEmptyForm(page: Page, path: string, button: string): Promise<void> {
	await visit(page, path);
	await page.getByRole('button', { name: button }).click();
	await expect(page.getByRole('alert')).toBeVisible();
}

/** The pages that all users see, in every state that looks different: they show each part that pages are made of. */
const frontStates: PageState[] = [
	{
		name: 'log in',
		title: 'Log in · User Management',
		heading: 'Log in',
		open: (page) => visit(page, '/login')
	},
	{
		name: 'log in, sent empty',
		title: 'Log in · User Management',
		heading: 'Log in',
		open: (page) => sendEmptyForm(page, '/login', 'Log in')
	},
	{
		name: 'log in, wrong password',
		title: 'Log in · User Management',
		heading: 'Log in',
		open: async (page) => {
			await visit(page, '/login');
			await logInOnPage(page, newUser());
			await expect(page.getByRole('alert')).toBeVisible();
		}
	},
	{
		name: 'log in, too many tries',
		title: 'Log in · User Management',
		heading: 'Log in',
		open: async (page, service) => {
			const person = newUser();
			await exhaustTries(service, person.email);
			await visit(page, '/login');
			await logInOnPage(page, person);
			await expect(page.getByRole('alert')).toBeVisible();
		}
	},
	{
		name: 'register',
		title: 'Create your account · User Management',
		heading: 'Create your account',
		open: (page) => visit(page, '/register')
	},
	...['Lovelace1815!', 'sdfghjklöä', 'summer2024!', 'xK9#mQ2$vL', 'four calm green words'].map(
		(password): PageState => ({
			name: `register, with the password ${password}`,
			title: 'Create your account · User Management',
			heading: 'Create your account',
			open: async (page) => {
				await visit(page, '/register');
				await fillIn(page, newUser({ password }));
				if (hasJavaScript()) await expect(page.getByText(strengthSentence)).toBeVisible();
			}
		})
	),
	{
		name: 'register, sent empty',
		title: 'Create your account · User Management',
		heading: 'Create your account',
		open: (page) => sendEmptyForm(page, '/register', 'Create account')
	},
	{
		name: 'register, taken address of the greatest length',
		title: 'Create your account · User Management',
		heading: 'Create your account',
		open: async (page, { origin }) => {
			const { sent } = await register(origin, { ...longest, email: longest.email() });
			await visit(page, '/register');
			await fillIn(page, sent);
			await page.getByRole('button', { name: 'Create account' }).click();
			await expect(page.getByRole('alert')).toBeVisible();
		}
	},
	{
		name: 'account',
		title: 'Your account · User Management',
		heading: 'Hello, Ada',
		open: async (page, { origin }) => {
			await signIn(page, origin);
			await visit(page, '/account');
		}
	},
	{
		name: 'account, names and address of the greatest length',
		title: 'Your account · User Management',
		heading: `Hello, ${longest.first_name}`,
		open: async (page, { origin }) => {
			await signIn(page, origin, { ...longest, email: longest.email() });
			await visit(page, '/account');
		}
	},
	{
		name: 'log out',
		title: 'Log out · User Management',
		heading: 'Log out',
		open: async (page, { origin }) => {
			await signIn(page, origin);
			await visit(page, '/logout');
		}
	},
	{
		name: 'explanation of a problem',
		title: 'Email already registered · User Management',
		heading: 'Email already registered',
		open: (page) => visit(page, '/problems/email-taken')
	},
	{
		name: 'description of the API',
		title: 'API · User Management',
		heading: 'API',
		// It has no script to wait for.
		open: (page) => page.goto('/docs')
	},
	{
		name: 'unknown address',
		title: 'Not found · User Management',
		heading: 'Not found',
		open: (page) => visit(page, '/nope')
	},
	{
		name: 'refused form of another site',
		title: '403 · The request came from another site and was refused.',
		heading: 'The request came from another site and was refused.',
		open: async (page, { origin }) => {
			await page.setContent(luringForm(`${origin}/login`));
			await page.getByRole('button').click();
			await expect(page.getByText('403')).toBeVisible();
		}
	}
];

/** Every page in every state that looks different. */
export const pageStates: PageState[] = [...frontStates, ...accountStates];
