import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome } from '../outcome.ts';
import { rememberDevice } from '../rate-limit/known-device.ts';
import { admit, recordLogIn } from '../users/admission.ts';
import { authenticate, type Authenticator, type LogInReason } from '../users/authenticate.ts';
import { registerUser, type RegisterReason, type Registrar } from '../users/register.ts';
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
	const { now = new Date(), client } = context;
	const authenticated = await authenticate(services, fields, { ...context, now });
	if (!authenticated.ok) return authenticated;
	const user = authenticated.value;
	const { db, outbox, limiter } = services;
	const started = await transact(db, async (transaction) => {
		const admitted = await admit(transaction, { outbox, user }, { ...context, now });
		if (!admitted.ok) return admitted;
		const token = await startSession(transaction, { userId: user.id, replacedToken, client }, now);
		return accept({ ...admitted.value, token });
	});
	if (!started.ok) return started;
	const { token, isBack } = started.value;
	recordLogIn(user, { isBack, via: 'session' }, context);
	return accept({ user, token, device: rememberDevice(limiter.key, client?.device, user.email) });
}

/** Registers a user and logs the browser in, both or neither; where the address has to be verified first, nobody is. */
export async function signUp(
	services: Registrar,
	{ fields, replacedToken }: Submission,
	context: Context = {}
): Promise<Outcome<SignedIn | undefined, RegisterReason>> {
	const { now = new Date(), client } = context;
	let token: string | undefined;
	const alongside = async (transaction: Db, { id: userId }: User) => {
		token = await startSession(transaction, { userId, replacedToken, client }, now);
	};
	const registered = await registerUser(services, { fields, alongside }, { ...context, now });
	if (!registered.ok) return registered;
	if (registered.value.status !== 'registered' || token === undefined) return accept(undefined);
	const { user } = registered.value;
	return accept({ user, token, device: rememberDevice(services.limiter.key, client?.device, user.email) });
}
