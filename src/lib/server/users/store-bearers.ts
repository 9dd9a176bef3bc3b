import { sql } from 'kysely';
import { gatherLookUps } from '../db/gather.ts';
import { prepareQuery } from '../db/prepare.ts';
import type { Db } from '../db/tables.ts';
import { type RestrictedUser, type User, userColumns } from './user.ts';

/** The prepared queries, by the number of ids. */
const selectUsersAndEnds = new Map<number, (db: Db, ...ids: string[]) => Promise<RestrictedUser[]>>();

/**
 * Selects the users with some ids, and one row without an email address for each of the given sessions that has
 * ended.
 */
function selectUnended(count: number) {
	const ids = Array<string>(count).fill('');
	return prepareQuery((db) =>
		db
			.selectFrom('users')
			.select([...userColumns, 'tokens_valid_from'])
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
						sql<number>`0`.as('created_at'),
						sql<number | null>`null`.as('email_verified_at'),
						sql<number | null>`null`.as('tokens_valid_from')
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
 * Finds the user of an access token, unless its session has ended. One query reads both, together with all lookups of
 * the same turn of the event loop.
 *
 * @param sid an id without spaces; empty for a token that names no session
 */
export async function findUserUnlessEnded(
	db: Db,
	{ userId, sid }: { userId: string; sid: string }
): Promise<RestrictedUser | undefined> {
	return (await findByTokens(db, `${sid} ${userId}`))?.user;
}
