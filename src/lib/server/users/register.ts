import { email, limits, newPassword, personName } from '#lib/credentials.ts';
import { findPasswordFault } from '#lib/passwords/policy.ts';
import type { RecordEvent } from '../audit/events.ts';
import type { Context } from '../context.ts';
import type { PasswordHasher } from '../crypto/password-hash.ts';
import { createId } from '../crypto/random.ts';
import type { Db, UsersTable } from '../db/tables.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { type Limiter, limitRegistration } from '../rate-limit/limiter.ts';
import { insertUser } from './store.ts';
import type { User } from './user.ts';

export interface Registrar {
	db: Db;
	hasher: PasswordHasher;
	limiter: Limiter;
	passwordMinLength: number;
	/** Does not count in a password, as the names do not. */
	appName: string;
}

type UnpreparedReason = 'invalid_fields' | 'role_not_allowed' | 'too_many_requests';
export type RegisterReason = UnpreparedReason | 'email_taken';

/**
 * Registers a user. Throws an UnavailableError `overloaded` when there is no room for the hash in time.
 *
 * @param fields email, password, first_name, last_name as they came
 */
export async function registerUser(
	registrar: Registrar,
	fields: Fields,
	context?: Context
): Promise<Outcome<User, RegisterReason>> {
	const prepared = await prepareUser(registrar, fields, context);
	if (!prepared.ok) return prepared;
	const added = await addUser(registrar.db, prepared.value);
	recordRegistration(added, { userId: prepared.value.id, record: context?.record });
	return added;
}

/** The fields of a registration; `role` may be there, but grants nothing. */
export function registrationFields(passwordMinLength: number) {
	return { email, first_name: personName, last_name: personName, password: newPassword(passwordMinLength) };
}

/** The costly part of registering, done before any transaction is open: checks the fields, hashes the password. */
export async function prepareUser(
	registrar: Registrar,
	fields: Fields,
	context: Context = {}
): Promise<Outcome<UsersTable, UnpreparedReason>> {
	const { now = new Date(), signal, record = () => {} } = context;
	const { passwordMinLength, appName } = registrar;
	if (fields.role !== undefined && fields.role !== 'user') {
		record('registration.refused', { reason: 'role_not_allowed' });
		return refuse('role_not_allowed');
	}
	const parsed = parseFields(registrationFields(passwordMinLength), fields, {
		limits: {
			email: { max: limits.emailMax },
			first_name: { max: limits.nameMax },
			last_name: { max: limits.nameMax },
			password: { min: passwordMinLength, max: limits.passwordMax }
		},
		findFaults({ password, ...person }) {
			if (password === undefined) return [];
			const fault = findPasswordFault(password, person, { appName, minLength: passwordMinLength });
			return fault ? [{ field: 'password', ...fault }] : [];
		}
	});
	if (!parsed.ok) return parsed;
	const { password, ...person } = parsed.value;
	const { hasher } = registrar;
	hasher.requireRoom();
	const hashed = await limitRegistration(
		registrar,
		async () => accept(await hasher.hash(password, { signal })),
		context
	);
	if (!hashed.ok) {
		record('registration.limited', { limit: hashed.limit?.name });
		return hashed;
	}
	return accept({
		id: createId(),
		...person,
		hashed_password: hashed.value,
		role: 'user',
		created_at: now.getTime(),
		updated_at: now.getTime()
	});
}

/** Notes how a registration came out, once that is final. */
export function recordRegistration(
	registered: Outcome<unknown>,
	{ userId, record = () => {} }: { userId: string; record: RecordEvent | undefined }
): void {
	if (registered.ok) record('user.registered', { user_id: userId });
	else record('registration.refused', { reason: registered.reason });
}

/** The quick part: the unique index decides who is first. */
export async function addUser(db: Db, row: UsersTable): Promise<Outcome<User, 'email_taken'>> {
	if (!(await insertUser(db, row))) return refuse('email_taken');
	const { id, email, first_name, last_name, role, created_at } = row;
	return accept({ id, email, first_name, last_name, role, created_at });
}
