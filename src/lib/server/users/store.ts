import type { Insertable } from 'kysely';
import { insertIfNew } from '../db/errors.ts';
import type { Db, UsersTable } from '../db/tables.ts';
import { type User, userColumns } from './user.ts';

export type NewUser = Insertable<UsersTable>;

/** @returns false when the e-mail is taken: the unique index decides who is first */
export async function insertUser(db: Db, row: NewUser): Promise<boolean> {
	return insertUsers(db, [row]);
}

/** All of them or, when an e-mail is taken, none. */
export async function insertUsers(db: Db, rows: NewUser[]): Promise<boolean> {
	return insertIfNew(db.insertInto('users').values(rows));
}

/** Which of some addresses have a user already. */
export async function findTakenEmails(db: Db, emails: string[]): Promise<Set<string>> {
	const rows = await db.selectFrom('users').select('email').where('email', 'in', emails).execute();
	return new Set(rows.map(({ email }) => email));
}

/** With what only a log-in needs to know. */
export type UserWithTimes = User & Pick<UsersTable, 'deletes_at' | 'tokens_valid_from'>;
export type UserWithHash = UserWithTimes & Pick<UsersTable, 'hashed_password'>;

export async function findUserWithHash(db: Db, email: string): Promise<UserWithHash | undefined> {
	return db
		.selectFrom('users')
		.select([...userColumns, 'hashed_password', 'deletes_at', 'tokens_valid_from'])
		.where('email', '=', email)
		.executeTakeFirst();
}

/** Everything of a user, for their own acts; the hash never leaves the capability but as a state that tokens are bound to. */
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
 * Holds a user until the transaction is over, if password and address are still those that were shown, and nobody wanted to
 * leave since: all that moves `tokens_valid_from`.
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
