import { limits, loginName, password } from '#lib/credentials.ts';
import { isWeakerThanConfigured, type PasswordHasher } from '../crypto/password-hash.ts';
import type { Db } from '../db/tables.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findUserWithHash, replaceHash } from './store.ts';
import type { User } from './user.ts';

export interface Authenticator {
	db: Db;
	hasher: PasswordHasher;
}

/**
 * Checks an e-mail and a password. Refused with `invalid_fields` or `invalid_credentials`; an unknown e-mail costs the
 * same hash as a known one. A hash weaker than today's parameters is replaced on success.
 *
 * @param fields `email` (or `username`, as OAuth 2 names it) and `password` as they came
 */
export async function authenticate(
	{ db, hasher }: Authenticator,
	fields: Fields,
	now = new Date()
): Promise<Outcome<User>> {
	const name = fields.email === undefined && fields.username !== undefined ? 'username' : 'email';
	const parsed = parseFields({ [name]: loginName, password }, fields, {
		limits: { [name]: { max: limits.emailMax }, password: { max: limits.passwordMax } }
	});
	if (!parsed.ok) return parsed;
	const given = parsed.value.password as string;
	const found = await findUserWithHash(db, parsed.value[name] as string);
	if (!(await hasher.verify(given, found?.hashed_password)) || !found) return refuse('invalid_credentials');

	const { hashed_password, ...user } = found;
	if (isWeakerThanConfigured(hashed_password)) {
		const stronger = await hasher.hash(given);
		await replaceHash(db, { id: user.id, from: hashed_password, to: stronger }, now.getTime());
	}
	return accept(user);
}
