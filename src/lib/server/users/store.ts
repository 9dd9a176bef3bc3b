import type { Insertable } from 'kysely';
import { insertIfNew } from '../db/errors.ts';
import type { Db, UsersTable } from '../db/tables.ts';
import { type User, userColumns } from './user.ts';

export type NewUser = Insertable<UsersTable>;

/** @returns false if the address is taken: the unique index decides which user is first */
export async function insertUser(db: Db, row: NewUser): Promise<boolean> {
	return insertUsers(db, [row]);
}

/** Inserts all rows or, when an address is taken, none. */
export async function insertUsers(db: Db, rows: NewUser[]): Promise<boolean> {
	return insertIfNew(db.insertInto('users').values(rows));
}

/** A user with the times that only a login needs. */
export type UserWithTimes = User & Pick<UsersTable, 'deletes_at' | 'tokens_valid_from'>;
export type UserWithHash = UserWithTimes & Pick<UsersTable, 'hashed_password'>;

export async function findUserWithHash(db: Db, email: string): Promise<UserWithHash | undefined> {
	return db
		.selectFrom('users')
		.select([...userColumns, 'hashed_password', 'deletes_at', 'tokens_valid_from'])
		.where('email', '=', email)
		.executeTakeFirst();
}

/**
 * Reads the whole row of a user, for acts on their own account. The hash is used only as part of the state to which
 * one-time tokens are bound.
 */
export async function findAccount(
	db: Db,
	by: { id: string } | { email: string }
): Promise<UsersTable | undefined> {
	const [column, value] = 'id' in by ? (['id', by.id] as const) : (['email', by.email] as const);
	return db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst();
}

/** Replaces a hash unless it has changed since it was read. */
export async function replaceHash(
	db: Db,
	user: { id: string; from: string; to: string },
	now = Date.now()
): Promise<void> {
	await db
		.updateTable('users')
		.set({ hashed_password: user.to, updated_at: now })
		.where('id', '=', user.id)
		.where('hashed_password', '=', user.from)
		.execute();
}

/**
 * Locks a user until the end of the transaction.
 *
 * @returns undefined if the password or the address has changed, or a deletion was requested, since the user was read:
 * each of these moves `tokens_valid_from`
 */
export async function lockUser(
	transaction: Db,
	{ id, tokens_valid_from: from }: Pick<UsersTable, 'id' | 'tokens_valid_from'>
): Promise<Pick<UsersTable, 'deletes_at'> | undefined> {
	const { numUpdatedRows } = await transaction
		.updateTable('users')
		.set((row) => ({ updated_at: row.ref('updated_at') }))
		.where('id', '=', id)
		.where('tokens_valid_from', from === null ? 'is' : '=', from)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return undefined;
	return transaction.selectFrom('users').select('deletes_at').where('id', '=', id).executeTakeFirst();
}
