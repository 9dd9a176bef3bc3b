import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { accept, type Outcome } from '../outcome.ts';
import { rememberBrowser } from '../rate-limit/known-browser.ts';
import { startSession } from '../sessions/session.ts';
import type { User } from '../users/user.ts';
import type { LoggedIn, Submission } from './log-in.ts';
import type { LoginServices } from './login-services.ts';
import { registerUser, type RegisterReason } from './register.ts';

/**
 * Registers a user and logs the browser in: both succeed or neither.
 *
 * @returns undefined if the address must be verified first; the browser is then not logged in
 */
export async function signUp(
	services: LoginServices,
	{ fields, replacedToken }: Submission,
	context: Context
): Promise<Outcome<LoggedIn | undefined, RegisterReason>> {
	const { now, peer } = context;
	let token: string | undefined;
	const alongside = async (transaction: Db, { id: userId }: User) => {
		token = await startSession(transaction, { userId, replacedToken, peer }, now);
	};
	const registered = await registerUser(services, { fields, alongside }, context);
	if (!registered.ok) return registered;
	if (registered.value.status !== 'registered' || token === undefined) return accept(undefined);
	const { user } = registered.value;
	const knownBrowser = rememberBrowser(services.limiter.key, peer.knownBrowser, user.email);
	return accept({ user, token, knownBrowser });
}
