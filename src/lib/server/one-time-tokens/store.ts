import type { Insertable } from 'kysely';
import type { Db, OneTimeTokensTable } from '../db/tables.ts';

export async function insertToken(db: Db, row: Insertable<OneTimeTokensTable>): Promise<void> {
	await db.insertInto('one_time_tokens').values(row).execute();
}

export async function findToken(db: Db, hash: string): Promise<OneTimeTokensTable | undefined> {
	return db.selectFrom('one_time_tokens').selectAll().where('token_hash', '=', hash).executeTakeFirst();
}

/** @returns false when the token has already been used */
export async function markUsed(db: Db, hash: string, now: number): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('one_time_tokens')
		.set({ used_at: now })
		.where('token_hash', '=', hash)
		.where('used_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Invalidates a user's links to other addresses, and the links that undo changes after a given time. */
export async function outdateAddressTokens(
	db: Db,
	{ userId, after }: { userId: string; after: number }
): Promise<void> {
	await db
		.updateTable('one_time_tokens')
		.set({ bound_to: '' })
		.where('user_id', '=', userId)
		.where('used_at', 'is', null)
		.where((where) =>
			where.or([
				where('purpose', '=', 'change_email'),
				where.and([where('purpose', '=', 'undo_email_change'), where('created_at', '>', after)])
			])
		)
		.execute();
}

export async function deleteOldTokens(db: Db, expiredBefore: number): Promise<void> {
	await db.deleteFrom('one_time_tokens').where('expires_at', '<', expiredBefore).execute();
}

export function readTokensOf(
	db: Db,
	userId: string
): Promise<Omit<OneTimeTokensTable, 'token_hash' | 'bound_to'>[]> {
	return db
		.selectFrom('one_time_tokens')
		.select(['purpose', 'user_id', 'email', 'created_at', 'expires_at', 'used_at'])
		.where('user_id', '=', userId)
		.execute();
}

export async function deleteTokensOf(db: Db, userId: string): Promise<void> {
	await db.deleteFrom('one_time_tokens').where('user_id', '=', userId).execute();
}
