import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome } from '../outcome.ts';
import { authenticate, type Authenticator } from '../users/authenticate.ts';
import { addUser, prepareUser, type Registrar } from '../users/register.ts';
import type { User } from '../users/user.ts';
import { startSession } from './session.ts';

export interface SignedIn {
	user: User;
	/** For the cookie. */
	token: string;
}

/** Logs a browser in. Refused as `authenticate` refuses. */
export async function logIn(
	services: Authenticator,
	{ fields, replacedToken }: { fields: Fields; replacedToken: string | undefined },
	{ now = new Date(), signal }: Context = {}
): Promise<Outcome<SignedIn>> {
	const authenticated = await authenticate(services, fields, { now, signal });
	if (!authenticated.ok) return authenticated;
	const user = authenticated.value;
	const token = await services.db
		.transaction()
		.execute((transaction) => startSession(transaction, { userId: user.id, replacedToken }, now));
	return accept({ user, token });
}

/** Registers a user and logs the browser in: both or neither. Refused as `registerUser` refuses. */
export async function signUp(
	services: Registrar,
	{ fields, replacedToken }: { fields: Fields; replacedToken: string | undefined },
	{ now = new Date(), signal }: Context = {}
): Promise<Outcome<SignedIn>> {
	const prepared = await prepareUser(services, fields, { now, signal });
	if (!prepared.ok) return prepared;
	return services.db.transaction().execute(async (transaction) => {
		const added = await addUser(transaction, prepared.value);
		if (!added.ok) return added;
		const token = await startSession(transaction, { userId: added.value.id, replacedToken }, now);
		return accept({ user: added.value, token });
	});
}
