import { personName } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import { inTransaction } from '../db/transact.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type FieldError, type Outcome } from '../outcome.ts';
import { updateNames } from '../users/store-changes.ts';
import type { User } from '../users/user.ts';
import type { AccountServices } from './account-services.ts';

export const nameFields = { first_name: personName, last_name: personName };

/** Members of a user that cannot be changed here. They are refused, because a client would take silence for success. */
const otherFields = ['id', 'email', 'password', 'role', 'created_at', 'email_verified'];

/**
 * Changes the names of a user.
 *
 * @param fields `first_name`, `last_name` or both; an omitted name stays unchanged
 */
export async function changeNames(
	{ db }: Pick<AccountServices, 'db'>,
	{ user, fields }: { user: User; fields: Fields },
	{ now, audit }: Context
): Promise<Outcome<User, 'invalid_fields'>> {
	const current = { first_name: user.first_name, last_name: user.last_name };
	const parsed = parseFields(nameFields, { ...current, ...fields }, () => findReadOnly(fields));
	if (!parsed.ok) return parsed;
	const names = parsed.value;
	if (names.first_name === current.first_name && names.last_name === current.last_name) return accept(user);
	await inTransaction(db, async (transaction) => {
		await updateNames(transaction, user.id, names, now);
		await audit.record(transaction, 'account.names_changed', { user_id: user.id });
	});
	return accept({ ...user, ...names });
}

function findReadOnly(fields: Fields): FieldError[] {
	return otherFields
		.filter((field) => Object.hasOwn(fields, field))
		.map((field) => ({ field, code: 'read_only' }));
}
