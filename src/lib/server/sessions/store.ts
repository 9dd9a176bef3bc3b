import { type Insertable, sql } from 'kysely';
import { insertIfNew } from '../db/errors.ts';
import { gatherLookUps } from '../db/gather.ts';
import { prepareQuery } from '../db/prepare.ts';
import type { Db, EndedSessionsTable, SessionsTable } from '../db/tables.ts';
import type { User } from '../users/user.ts';

export async function insertSession(db: Db, row: Insertable<SessionsTable>): Promise<void> {
	await db.insertInto('sessions').values(row).execute();
}

export interface FoundSession {
	session: Omit<SessionsTable, 'token_hash' | 'user_id'>;
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
			'sessions.expires_at',
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
	const { session_id, session_created_at, last_seen_at, expires_at, ...others } = row;
	const { refresh_hash, previous_refresh_hash, refreshed_at, ...user } = others;
	const times = { created_at: session_created_at, last_seen_at, expires_at };
	return { session: { id: session_id, ...times, refresh_hash, previous_refresh_hash, refreshed_at }, user };
}

export async function touchSession(
	db: Db,
	id: string,
	times: Pick<SessionsTable, 'last_seen_at' | 'expires_at'>
): Promise<void> {
	await db.updateTable('sessions').set(times).where('id', '=', id).execute();
}

export async function findSessionId(db: Db, tokenHash: string): Promise<string | undefined> {
	const session = await db
		.selectFrom('sessions')
		.select('id')
		.where('token_hash', '=', tokenHash)
		.executeTakeFirst();
	return session?.id;
}

/** Only when it is there: MySQL would lock the gap in the index, where other log-ins insert. */
export async function deleteSession(db: Db, id: string): Promise<void> {
	const session = await db.selectFrom('sessions').select('id').where('id', '=', id).executeTakeFirst();
	if (session) await db.deleteFrom('sessions').where('id', '=', id).execute();
}

export async function deleteExpiredSessions(db: Db, now: number): Promise<void> {
	await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
	await db.deleteFrom('ended_sessions').where('expires_at', '<=', now).execute();
}

/** @returns false when it was named before */
export async function insertEndedSession(db: Db, row: EndedSessionsTable): Promise<boolean> {
	return insertIfNew(db.insertInto('ended_sessions').values(row));
}

/** Those that still count, the newest first. */
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

const userColumns = ['id', 'email', 'first_name', 'last_name', 'role', 'created_at'] as const;

/** By how many are asked for. */
const selectUsersAndEnds = new Map<number, (db: Db, ...ids: string[]) => Promise<User[]>>();

/** The users of some ids, and a row without an e-mail for each of as many sessions that has ended. */
function selectUnended(count: number) {
	const ids = Array<string>(count).fill('');
	return prepareQuery((db) =>
		db
			.selectFrom('users')
			.select(userColumns)
			.where('id', 'in', ids)
			.unionAll(
				db
					.selectFrom('ended_sessions')
					.select([
						'sid as id',
						sql<string>`''`.as('email'),
						sql<string>`''`.as('first_name'),
						sql<string>`''`.as('last_name'),
						sql<User['role']>`''`.as('role'),
						sql<number>`0`.as('created_at')
					])
					.where('sid', 'in', ids)
			)
	);
}

const findByTokens = gatherLookUps(async (db, keys) => {
	const pairs = keys.map((key) => {
		const end = key.indexOf(' ');
		return { key, sid: key.slice(0, end), userId: key.slice(end + 1) };
	});
	let select = selectUsersAndEnds.get(keys.length);
	if (!select) selectUsersAndEnds.set(keys.length, (select = selectUnended(keys.length)));
	const rows = await select(db, ...pairs.map(({ userId }) => userId), ...pairs.map(({ sid }) => sid));
	const users = new Map(rows.filter(({ email }) => email !== '').map((user) => [user.id, user]));
	const ended = new Set(rows.filter(({ email }) => email === '').map(({ id }) => id));
	return pairs.flatMap(({ key, sid, userId }) => {
		const user = ended.has(sid) ? undefined : users.get(userId);
		return user ? [{ id: key, user }] : [];
	});
});

/**
 * The user of an access token unless its session has ended: both in one query, and all that are asked for in one turn.
 *
 * @param sid an id without blanks; empty for a token that names none
 */
export async function findUserUnlessEnded(
	db: Db,
	{ userId, sid }: { userId: string; sid: string }
): Promise<User | undefined> {
	return (await findByTokens(db, `${sid} ${userId}`))?.user;
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
