import type { Insertable } from 'kysely';
import { prepareQuery } from '../db/prepare.ts';
import type { Db, SessionsTable } from '../db/tables.ts';
import type { User } from '../users/user.ts';

export async function insertSession(db: Db, row: Insertable<SessionsTable>): Promise<void> {
	await db.insertInto('sessions').values(row).execute();
}

export interface FoundSession {
	session: Omit<SessionsTable, 'token_hash' | 'user_id' | 'expires_at'>;
	user: User;
}

const selectSession = prepareQuery((db) =>
	db
		.selectFrom('sessions')
		.innerJoin('users', 'users.id', 'sessions.user_id')
		.select([
			'sessions.id as session_id',
			'sessions.created_at as session_created_at',
			'sessions.last_seen_at',
			'sessions.refresh_hash',
			'sessions.previous_refresh_hash',
			'sessions.refreshed_at',
			'users.id',
			'users.email',
			'users.first_name',
			'users.last_name',
			'users.role',
			'users.created_at'
		])
		.where('sessions.token_hash', '=', '')
		.where('sessions.expires_at', '>', 0)
);

/** A session that has not expired, with its user, in one query. */
export async function findSessionWithUser(
	db: Db,
	tokenHash: string,
	now: number
): Promise<FoundSession | undefined> {
	const [row] = await selectSession(db, tokenHash, now);
	if (!row) return undefined;
	const { session_id, session_created_at, last_seen_at, ...others } = row;
	const { refresh_hash, previous_refresh_hash, refreshed_at, ...user } = others;
	const refresh = { refresh_hash, previous_refresh_hash, refreshed_at };
	return { session: { id: session_id, created_at: session_created_at, last_seen_at, ...refresh }, user };
}

export async function touchSession(
	db: Db,
	id: string,
	times: Pick<SessionsTable, 'last_seen_at' | 'expires_at'>
): Promise<void> {
	await db.updateTable('sessions').set(times).where('id', '=', id).execute();
}

/** By its primary key and only when it is there: MySQL would lock the gap in the index, where other log-ins insert. */
export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
	const session = await db
		.selectFrom('sessions')
		.select('id')
		.where('token_hash', '=', tokenHash)
		.executeTakeFirst();
	if (session) await deleteSessionById(db, session.id);
}

export async function deleteSessionById(db: Db, id: string): Promise<void> {
	await db.deleteFrom('sessions').where('id', '=', id).execute();
}

export async function deleteExpiredSessions(db: Db, now: number): Promise<void> {
	await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
}

/** @returns false when the token that was shown is not the current one any more */
export async function rotateRefreshToken(
	db: Db,
	id: string,
	rotation: Pick<SessionsTable, 'last_seen_at' | 'expires_at' | 'refreshed_at'> & {
		refresh_hash: string;
		previous_refresh_hash: string;
	}
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('sessions')
		.set(rotation)
		.where('id', '=', id)
		.where('refresh_hash', '=', rotation.previous_refresh_hash)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}
