import { email, limits, newPassword, personName } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import type { PasswordHasher } from '../crypto/password-hash.ts';
import { createId } from '../crypto/random.ts';
import type { Db, UsersTable } from '../db/tables.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findPasswordFault } from './password-policy.ts';
import { insertUser } from './store.ts';
import type { User } from './user.ts';

export interface Registrar {
	db: Db;
	hasher: PasswordHasher;
	passwordMinLength: number;
}

/**
 * Registers a user. Refused with `invalid_fields`, `role_not_allowed` or `email_taken`; throws an UnavailableError
 * `overloaded` when there is no room for the hash in time.
 *
 * @param fields email, password, first_name, last_name as they came
 */
export async function registerUser(
	registrar: Registrar,
	fields: Fields,
	context?: Context
): Promise<Outcome<User>> {
	const prepared = await prepareUser(registrar, fields, context);
	return prepared.ok ? addUser(registrar.db, prepared.value) : prepared;
}

/** The costly part of registering, done before any transaction is open: checks the fields, hashes the password. */
export async function prepareUser(
	{ hasher, passwordMinLength }: Registrar,
	fields: Fields,
	{ now = new Date(), signal }: Context = {}
): Promise<Outcome<UsersTable>> {
	if (fields.role !== undefined && fields.role !== 'user') return refuse('role_not_allowed');
	const parsed = parseFields(
		{ email, first_name: personName, last_name: personName, password: newPassword(passwordMinLength) },
		fields,
		{
			limits: {
				email: { max: limits.emailMax },
				first_name: { max: limits.nameMax },
				last_name: { max: limits.nameMax },
				password: { min: passwordMinLength, max: limits.passwordMax }
			},
			findFaults({ password, ...person }) {
				const code = password === undefined ? undefined : findPasswordFault(password, person);
				return code ? [{ field: 'password', code }] : [];
			}
		}
	);
	if (!parsed.ok) return parsed;
	const { password, ...person } = parsed.value;
	return accept({
		id: createId(),
		...person,
		hashed_password: await hasher.hash(password, signal),
		role: 'user',
		created_at: now.getTime(),
		updated_at: now.getTime()
	});
}

/** The quick part: the unique index decides who is first. */
export async function addUser(db: Db, row: UsersTable): Promise<Outcome<User>> {
	if (!(await insertUser(db, row))) return refuse('email_taken');
	const { id, email, first_name, last_name, role, created_at } = row;
	return accept({ id, email, first_name, last_name, role, created_at });
}
