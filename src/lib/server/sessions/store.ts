import type { Insertable } from 'kysely';
import { insertIfNew } from '../db/errors.ts';
import { prepareQuery } from '../db/prepare.ts';
import type { Db, EndedSessionsTable, SessionsTable } from '../db/tables.ts';
import type { RestrictedUser } from '../users/user.ts';

export async function insertSession(db: Db, row: Insertable<SessionsTable>): Promise<void> {
	await db.insertInto('sessions').values(row).execute();
}

export interface FoundSession {
	session: Omit<SessionsTable, 'token_hash' | 'user_id' | 'user_agent'>;
	user: RestrictedUser;
}

const selectSession = prepareQuery((db) =>
	db
		.selectFrom('sessions')
		.innerJoin('users', 'users.id', 'sessions.user_id')
		.select([
			'sessions.id as session_id',
			'sessions.created_at as session_created_at',
			'sessions.last_seen_at',
			'sessions.expires_at',
			'sessions.refresh_hash',
			'sessions.previous_refresh_hash',
			'sessions.refreshed_at',
			'sessions.address_prefix',
			'sessions.authenticated_at',
			'users.id',
			'users.email',
			'users.first_name',
			'users.last_name',
			'users.role',
			'users.created_at',
			'users.email_verified_at',
			'users.tokens_valid_from'
		])
		.where('sessions.token_hash', '=', '')
		.where('sessions.expires_at', '>', 0)
);

/** Finds an unexpired session and its user in one query. */
export async function findSessionWithUser(
	db: Db,
	tokenHash: string,
	now: number
): Promise<FoundSession | undefined> {
	const [row] = await selectSession(db, tokenHash, now);
	if (!row) return undefined;
	const { id, email, first_name, last_name, role, created_at, ...others } = row;
	const { email_verified_at, tokens_valid_from, ...rest } = others;
	const { session_id, session_created_at, ...session } = rest;
	return {
		session: { ...session, id: session_id, created_at: session_created_at },
		user: { id, email, first_name, last_name, role, created_at, email_verified_at, tokens_valid_from }
	};
}

export async function touchSession(
	db: Db,
	id: string,
	visit: Pick<SessionsTable, 'last_seen_at' | 'expires_at'> & { address_prefix?: string }
): Promise<void> {
	await db.updateTable('sessions').set(visit).where('id', '=', id).execute();
}

export async function findSessionId(db: Db, tokenHash: string): Promise<string | undefined> {
	const session = await db
		.selectFrom('sessions')
		.select('id')
		.where('token_hash', '=', tokenHash)
		.executeTakeFirst();
	return session?.id;
}

/**
 * Deletes a row only if it exists, because MySQL would otherwise lock a gap in the index in which concurrent logins
 * insert.
 */
export async function deleteSession(db: Db, id: string): Promise<void> {
	const session = await db.selectFrom('sessions').select('id').where('id', '=', id).executeTakeFirst();
	if (session) await db.deleteFrom('sessions').where('id', '=', id).execute();
}

/** @param endedBefore deletes ended sessions whose listing expired earlier */
export async function deleteExpiredSessions(
	db: Db,
	{ now, endedBefore }: { now: number; endedBefore: number }
): Promise<void> {
	await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
	await db.deleteFrom('ended_sessions').where('expires_at', '<=', endedBefore).execute();
}

/** @returns false when it is already listed */
export async function insertEndedSession(db: Db, row: EndedSessionsTable): Promise<boolean> {
	return insertIfNew(db.insertInto('ended_sessions').values(row));
}

/** The listed sessions, the newest first. */
export function readEndedSessions(
	db: Db,
	{ now, limit }: { now: number; limit: number }
): Promise<Pick<EndedSessionsTable, 'sid' | 'ended_at'>[]> {
	return db
		.selectFrom('ended_sessions')
		.select(['sid', 'ended_at'])
		.where('expires_at', '>', now)
		.orderBy('expires_at', 'desc')
		.orderBy('sid', 'desc')
		.limit(limit)
		.execute();
}

/** @returns false when the token is no longer the current one */
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

export type StoredSession = Pick<
	SessionsTable,
	| 'id'
	| 'created_at'
	| 'last_seen_at'
	| 'expires_at'
	| 'user_agent'
	| 'address_prefix'
	| 'authenticated_at'
	| 'refreshed_at'
> & {
	/** Whether the session belongs to a program, which refreshes its tokens. */
	isProgram: boolean;
};

/** The sessions of a user that have not expired. */
export async function readSessions(db: Db, userId: string, now: number): Promise<StoredSession[]> {
	const rows = await db
		.selectFrom('sessions')
		.select([
			'id',
			'created_at',
			'last_seen_at',
			'expires_at',
			'user_agent',
			'address_prefix',
			'authenticated_at',
			'refreshed_at',
			'refresh_hash'
		])
		.where('user_id', '=', userId)
		.where('expires_at', '>', now)
		.execute();
	return rows.map(({ refresh_hash, ...session }) => ({ ...session, isProgram: refresh_hash !== null }));
}

export async function readSessionIds(db: Db, userId: string): Promise<string[]> {
	const rows = await db.selectFrom('sessions').select('id').where('user_id', '=', userId).execute();
	return rows.map(({ id }) => id);
}

export async function findAuthenticationTime(
	db: Db,
	id: string
): Promise<Pick<SessionsTable, 'created_at' | 'authenticated_at'> | undefined> {
	return db
		.selectFrom('sessions')
		.select(['created_at', 'authenticated_at'])
		.where('id', '=', id)
		.executeTakeFirst();
}

export async function noteAuthentication(db: Db, id: string, now: number): Promise<void> {
	await db.updateTable('sessions').set({ authenticated_at: now }).where('id', '=', id).execute();
}
