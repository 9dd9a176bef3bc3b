import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { hasJavaScript, signIn, visit, waitForScript } from './browsing.ts';
import type { PageState } from './page-states.ts';
import { request } from '../http/http.ts';
import type { Service } from '../service/service.ts';
import type { NewUser } from '../people/users.ts';

const oddDevices = [
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
	'W'.repeat(255)
];

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The page of a link in an email, as the email would have it. */
async function linkOf(
	{ database }: Service,
	{ email }: NewUser,
	{ purpose, path, isBound = true }: { purpose: string; path: string; isBound?: boolean }
): Promise<string> {
	const [user] = await database.query('select id, hashed_password from users where email = ?', [email]);
	const state = purpose === 'verify_email' ? [email, null] : [email, String(user?.hashed_password)];
	const bound = isBound
		? sha256(JSON.stringify([purpose, ...(purpose.startsWith('undo') ? [] : state)]))
		: '';
	const token = randomBytes(32).toString('base64url');
	await database.query(
		'insert into one_time_tokens (token_hash, purpose, user_id, email, bound_to, created_at, expires_at) values (?, ?, ?, ?, ?, 1, ?)',
		[sha256(token), purpose, String(user?.id), `new.${email}`, bound, Date.now() + 60_000]
	);
	return `${path}?token=${token}`;
}

function accountPage(
	path: string,
	heading: string,
	prepare?: (user: NewUser, service: Service) => Promise<unknown>
) {
	return {
		title: `${heading} · User Management`,
		heading,
		open: async (page: Page, service: Service) => {
			const user = await signIn(page, service.origin);
			await prepare?.(user, service);
			await visit(page, path);
		}
	};
}

function linkPage(path: string, purpose: string, heading: string) {
	return {
		title: `${heading} · User Management`,
		heading,
		open: async (page: Page, service: Service) => {
			const user = await signIn(page, service.origin);
			await page.context().clearCookies();
			await visit(page, await linkOf(service, user, { purpose, path }));
		}
	};
}

/** As if the login were long ago: the current password is asked for. */
async function age(_user: NewUser, { database }: Service): Promise<void> {
	await database.query('update sessions set created_at = 1');
}

/** Logs programs in that call themselves as they like. */
async function addDevices({ email, password }: NewUser, { origin }: Service): Promise<void> {
	for (const device of oddDevices) {
		const json = { email, password, offline: true };
		await request(origin, { method: 'POST', path: '/token', json, headers: { 'user-agent': device } });
	}
}

/** The pages on which people look after their account, in every state that looks different. */
export const accountStates: PageState[] = [
	{
		name: 'account, after a change',
		...accountPage('/account?done=password', 'Your account'),
		heading: 'Hello, Ada'
	},
	{ name: 'names', ...accountPage('/account/profile', 'Change your name') },
	{ name: 'password', ...accountPage('/account/password', 'Change your password') },
	{
		name: 'password, long after logging in, sent empty',
		...accountPage('/account/password', 'Change your password', age),
		open: async (page, service) => {
			const user = await signIn(page, service.origin);
			await age(user, service);
			await visit(page, '/account/password');
			await page.getByRole('button', { name: 'Change password' }).click();
			await page.getByRole('alert').waitFor();
		}
	},
	{ name: 'address', ...accountPage('/account/email', 'Change your email address', age) },
	{ name: 'sessions', ...accountPage('/account/sessions?done=ended', 'Where you are logged in', addDevices) },
	{ name: 'leave', ...accountPage('/account/delete', 'Delete your account', age) },
	...['', '?email=verification&sent', '?email=reset', '?email=change'].map((query) => ({
		name: `check mail${query}`,
		title: 'Check your inbox · User Management',
		heading: 'Check your inbox',
		open: (page: Page) => visit(page, `/check-email${query}`)
	})),
	{
		name: 'forgotten password',
		title: 'Forgot your password? · User Management',
		heading: 'Forgot your password?',
		open: (page) => visit(page, '/forgot-password')
	},
	...['deletion', 'reset', 'undone'].map((done) => ({
		name: `log in, after ${done}`,
		title: 'Log in · User Management',
		heading: 'Log in',
		open: (page: Page) => visit(page, `/login?done=${done}`)
	})),
	{ name: 'reset the password', ...linkPage('/reset-password', 'reset_password', 'Choose a new password') },
	{ name: 'verify the address', ...linkPage('/verify-email', 'verify_email', 'Confirm your email address') },
	{
		name: 'confirm a new address',
		...linkPage('/confirm-email', 'change_email', 'Confirm your new email address')
	},
	{
		name: 'take the old address back',
		...linkPage('/undo-email-change', 'undo_email_change', 'Restore your previous email address')
	},
	{
		name: 'a link that is out of date',
		title: 'Link out of date · User Management',
		heading: 'Link out of date',
		open: async (page, service) => {
			const user = await signIn(page, service.origin);
			const dead = { purpose: 'reset_password', path: '/reset-password', isBound: false };
			await page.goto(await linkOf(service, user, dead));
			if (hasJavaScript()) await waitForScript(page);
		}
	}
];
