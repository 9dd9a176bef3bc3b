import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome } from '../outcome.ts';
import { rememberBrowser } from '../rate-limit/known-browser.ts';
import { startSession } from '../sessions/session.ts';
import type { User } from '../users/user.ts';
import { authenticate, type LoginReason } from './authenticate.ts';
import { completeLogin } from './complete-login.ts';
import type { LoginServices } from './login-services.ts';

/** A browser that has been logged in. */
export interface LoggedIn {
	user: User;
	/** The value of the session cookie. */
	token: string;
	/** The value of the cookie that identifies the browser at later logins. */
	knownBrowser: string;
}

/** The fields of the form, and the session that the new one replaces. */
export interface Submission {
	fields: Fields;
	replacedToken: string | undefined;
}

/** Logs a user in and starts a browser session. */
export async function logIn(
	services: LoginServices,
	{ fields, replacedToken }: Submission,
	context: Context
): Promise<Outcome<LoggedIn, LoginReason>> {
	const { now, peer } = context;
	const authenticated = await authenticate(services, fields, context);
	if (!authenticated.ok) return authenticated;
	const user = authenticated.value;
	const { db, outbox, limiter } = services;
	const started = await transact(db, async (transaction) => {
		const completed = await completeLogin(transaction, { outbox, user, via: 'session' }, context);
		if (!completed.ok) return completed;
		const session = { userId: user.id, replacedToken, peer };
		return accept(await startSession(transaction, session, now));
	});
	if (!started.ok) return started;
	const knownBrowser = rememberBrowser(limiter.key, peer.knownBrowser, user.email);
	return accept({ user, token: started.value, knownBrowser });
}
