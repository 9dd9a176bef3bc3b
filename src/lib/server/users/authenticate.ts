import { limits, loginName, password } from '#lib/credentials.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import type { HashRequest } from '../crypto/hashing-pool.ts';
import { isWeakerThanConfigured, type PasswordHasher } from '../crypto/password-hash.ts';
import type { Db } from '../db/tables.ts';
import { type Fields, parseFields } from '../fields.ts';
import type { Outbox } from '../mail/outbox.ts';
import { accept, type Outcome, refuse, UnavailableError } from '../outcome.ts';
import { isKnownDevice, limitLogIn, type Limiter } from '../rate-limit/limiter.ts';
import type { Authenticated } from './admission.ts';
import { findUserWithHash, replaceHash } from './store.ts';

export interface Authenticator {
	db: Db;
	outbox: Outbox;
	config: Pick<Config, 'emailVerification'>;
	hasher: PasswordHasher;
	limiter: Limiter;
}

export type LogInReason =
	'invalid_fields' | 'invalid_credentials' | 'email_not_verified' | 'too_many_requests';

/**
 * Checks an e-mail and a password. An unknown e-mail costs the same hash as a known one and is limited like it. A hash
 * weaker than today's parameters is replaced on success. Throws an UnavailableError `overloaded` when there is no room for the hash in time.
 *
 * @param fields `email` (or `username`, as OAuth 2 names it) and `password` as they came
 */
export async function authenticate(
	services: Authenticator,
	fields: Fields,
	context: Context = {}
): Promise<Outcome<Authenticated, LogInReason>> {
	const name = fields.email === undefined && fields.username !== undefined ? 'username' : 'email';
	const parsed = parseFields({ [name]: loginName, password }, fields, {
		limits: { [name]: { max: limits.emailMax }, password: { max: limits.passwordMax } }
	});
	if (!parsed.ok) return parsed;
	const { [name]: account = '', password: given = '' } = parsed.value;
	// Whoever is no stranger comes before a flood of them.
	const isPreferred = isKnownDevice(services.limiter, account, context.client);
	const request: HashRequest = { signal: context.signal, isPreferred };
	// Neither the database nor the time can then tell who is known.
	services.hasher.requireRoom(request);
	const check = () => checkPassword(services, { account, given, request }, context);
	const checked = await limitLogIn(services, { account, check }, context);
	if (!checked.ok && checked.limit) context.record?.('login.limited', { limit: checked.limit.name });
	if (!checked.ok) return checked;
	const { id, email_verified_at } = checked.value;
	if (services.config.emailVerification === 'required' && email_verified_at === null) {
		context.record?.('login.refused', { reason: 'email_not_verified', user_id: id });
		return refuse('email_not_verified');
	}
	return checked;
}

async function checkPassword(
	{ db, hasher }: Pick<Authenticator, 'db' | 'hasher'>,
	{ account, given, request }: { account: string; given: string; request: HashRequest },
	{ now = new Date(), record = () => {} }: Context
): Promise<Outcome<Authenticated, 'invalid_credentials'>> {
	const found = await findUserWithHash(db, account);
	const isRight = await hasher.verify(given, found?.hashed_password, request);
	if (!isRight || !found) {
		record('login.refused', { reason: found ? 'wrong_password' : 'unknown_email', user_id: found?.id });
		return refuse('invalid_credentials');
	}
	const { hashed_password, ...user } = found;
	if (isWeakerThanConfigured(hashed_password)) {
		const stronger = await hasher.hash(given, request).catch(ignoreOverload);
		if (stronger) {
			await replaceHash(db, { id: user.id, from: hashed_password, to: stronger }, now.getTime());
			record('password.rehashed', { user_id: user.id });
		}
	}
	return accept(user);
}

/** Whoever has proved who they are is let in; the hash is replaced another time. */
function ignoreOverload(error: unknown): undefined {
	if (!(error instanceof UnavailableError)) throw error;
}
