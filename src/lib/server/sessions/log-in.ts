import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome } from '../outcome.ts';
import { rememberDevice } from '../rate-limit/known-device.ts';
import { authenticate, type Authenticator, type LogInReason } from '../users/authenticate.ts';
import {
	addUser,
	prepareUser,
	recordRegistration,
	type RegisterReason,
	type Registrar
} from '../users/register.ts';
import type { User } from '../users/user.ts';
import { startSession } from './session.ts';

export interface SignedIn {
	user: User;
	/** For the session's cookie. */
	token: string;
	/** For the cookie by which the browser is known from now on. */
	device: string;
}

interface Submission {
	fields: Fields;
	replacedToken: string | undefined;
}

/** Logs a browser in. */
export async function logIn(
	services: Authenticator,
	{ fields, replacedToken }: Submission,
	context: Context = {}
): Promise<Outcome<SignedIn, LogInReason>> {
	const { now = new Date(), client, record = () => {} } = context;
	const authenticated = await authenticate(services, fields, { ...context, now });
	if (!authenticated.ok) return authenticated;
	const user = authenticated.value;
	const token = await services.db
		.transaction()
		.execute((transaction) => startSession(transaction, { userId: user.id, replacedToken }, now));
	record('login.succeeded', { user_id: user.id, via: 'session' });
	return accept({ user, token, device: rememberDevice(services.limiter.key, client?.device, user.email) });
}

/** Registers a user and logs the browser in: both or neither. */
export async function signUp(
	services: Registrar,
	{ fields, replacedToken }: Submission,
	context: Context = {}
): Promise<Outcome<SignedIn, RegisterReason>> {
	const { now = new Date(), client, record } = context;
	const prepared = await prepareUser(services, fields, { ...context, now });
	if (!prepared.ok) return prepared;
	const signedUp = await services.db.transaction().execute(async (transaction) => {
		const added = await addUser(transaction, prepared.value);
		if (!added.ok) return added;
		const user = added.value;
		const token = await startSession(transaction, { userId: user.id, replacedToken }, now);
		const device = rememberDevice(services.limiter.key, client?.device, user.email);
		return accept({ user, token, device });
	});
	recordRegistration(signedUp, { userId: prepared.value.id, record });
	return signedUp;
}
