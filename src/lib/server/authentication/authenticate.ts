import { loginName, password } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import type { HashRequest } from '../crypto/hashing-pool.ts';
import { isWeakerThanConfigured } from '../crypto/password-hash.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, limitOf, type Outcome, refuse, UnavailableError } from '../outcome.ts';
import { isKnownBrowser, limitLogin } from '../rate-limit/limiter.ts';
import { findUserWithHash, replaceHash } from '../users/store.ts';
import type { Authenticated } from './complete-login.ts';
import type { LoginServices } from './login-services.ts';

export type LoginReason =
	'invalid_fields' | 'invalid_credentials' | 'email_not_verified' | 'too_many_requests';

/**
 * Checks an email address and a password. An unknown address costs the same hash as a known one and is limited in the
 * same way. On success, a hash that is weaker than the current parameters is replaced.
 *
 * @param fields `email` (or `username`, the name in OAuth 2.0) and `password`, as received
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time
 */
export async function authenticate(
	services: LoginServices,
	fields: Fields,
	context: Context
): Promise<Outcome<Authenticated, LoginReason>> {
	const name = fields.email === undefined && fields.username !== undefined ? 'username' : 'email';
	const parsed = parseFields({ [name]: loginName, password }, fields);
	if (!parsed.ok) return parsed;
	const { [name]: account = '', password: given = '' } = parsed.value;
	// A known browser gets a turn even during a flood of other requests.
	const isPreferred = isKnownBrowser(services.limiter, account, context.peer);
	const request: HashRequest = { signal: context.signal, isPreferred };
	// Checked before any query, so that a refusal does not reveal whether the account exists.
	services.hasher.requireRoom(request);
	const check = () => checkPassword(services, { account, given, request }, context);
	const checked = await limitLogin(services, { account, check }, context);
	if (!checked.ok) {
		const limit = limitOf(checked);
		if (limit) await context.audit.record(services.db, 'login.limited', { limit: limit.name });
		return checked;
	}
	const { id, email_verified_at } = checked.value;
	if (services.config.emailVerification === 'required' && email_verified_at === null) {
		const details = { reason: 'email_not_verified', user_id: id };
		await context.audit.record(services.db, 'login.refused', details);
		return refuse('email_not_verified');
	}
	return checked;
}

async function checkPassword(
	{ db, hasher }: Pick<LoginServices, 'db' | 'hasher'>,
	{ account, given, request }: { account: string; given: string; request: HashRequest },
	{ now, audit }: Context
): Promise<Outcome<Authenticated, 'invalid_credentials'>> {
	const found = await findUserWithHash(db, account);
	const isRight = await hasher.verify(given, found?.hashed_password, request);
	if (!isRight || !found) {
		const reason = found ? 'wrong_password' : 'unknown_email';
		await audit.record(db, 'login.refused', { reason, user_id: found?.id });
		return refuse('invalid_credentials');
	}
	const { hashed_password, ...user } = found;
	if (isWeakerThanConfigured(hashed_password)) {
		const stronger = await hasher.hash(given, request).catch(ignoreOverload);
		if (stronger) {
			await replaceHash(db, { id: user.id, from: hashed_password, to: stronger }, now.getTime());
			await audit.record(db, 'password.rehashed', { user_id: user.id });
		}
	}
	return accept(user);
}

/** If the new hash cannot be computed now, the login still succeeds. The next login replaces the hash. */
function ignoreOverload(error: unknown): undefined {
	if (!(error instanceof UnavailableError)) throw error;
}
