import { limits, personName } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type FieldError, type Outcome } from '../outcome.ts';
import type { User } from '../users/user.ts';
import { updateNames } from './store.ts';

export const nameFields = { first_name: personName, last_name: personName };

/** What of a user cannot be changed here: it is refused, since it would look as if it had been. */
const otherFields = ['id', 'email', 'password', 'role', 'created_at', 'email_verified'];

/**
 * Changes the names of a user.
 *
 * @param fields first_name, last_name or both; a name that is missing stays
 */
export async function changeNames(
	{ db }: { db: Db },
	{ user, fields }: { user: User; fields: Fields },
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<Outcome<User, 'invalid_fields'>> {
	const current = { first_name: user.first_name, last_name: user.last_name };
	const parsed = parseFields(
		nameFields,
		{ ...current, ...fields },
		{
			limits: { first_name: { max: limits.nameMax }, last_name: { max: limits.nameMax } },
			findFaults: () => findReadOnly(fields)
		}
	);
	if (!parsed.ok) return parsed;
	const names = parsed.value;
	if (names.first_name === current.first_name && names.last_name === current.last_name) return accept(user);
	await updateNames(db, user.id, names, now);
	record('account.names_changed', { user_id: user.id });
	return accept({ ...user, ...names });
}

function findReadOnly(fields: Fields): FieldError[] {
	return otherFields
		.filter((field) => Object.hasOwn(fields, field))
		.map((field) => ({ field, code: 'read_only' }));
}
