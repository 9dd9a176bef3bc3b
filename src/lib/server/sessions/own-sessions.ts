import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessionById } from './ended-sessions.ts';
import { readSessionIds, readSessions, type StoredSession } from './store.ts';

/** A session as its user is told of it. */
export type OwnSession = StoredSession & { isCurrent: boolean };

/** Every session of a user that is still good, this one first and then the last seen. */
export async function listOwnSessions(
	db: Db,
	{ userId, currentId }: { userId: string; currentId: string | undefined },
	now = new Date()
): Promise<OwnSession[]> {
	const sessions = await readSessions(db, userId, now.getTime());
	return sessions
		.map((session) => ({ ...session, isCurrent: session.id === currentId }))
		.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.last_seen_at - a.last_seen_at);
}

/** Ends one session of a user; that of somebody else is not there. */
export async function endOwnSession(
	{ db }: { db: Db },
	{ userId, sessionId }: { userId: string; sessionId: string },
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<Outcome<undefined, 'not_found'>> {
	const isOwn = (await readSessionIds(db, userId)).includes(sessionId);
	if (!isOwn) return refuse('not_found');
	await db.transaction().execute((transaction) => endSessionById(transaction, sessionId, now));
	record('session.ended_elsewhere', { user_id: userId, count: 1 });
	return accept(undefined);
}

/** Ends all sessions of a user but the one that asks. */
export async function endOtherSessions(
	{ db }: { db: Db },
	others: { userId: string; exceptId: string | undefined },
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<void> {
	const count = await db.transaction().execute((transaction) => endSessions(transaction, others, now));
	if (count > 0) record('session.ended_elsewhere', { user_id: others.userId, count });
}

/**
 * Ends the sessions of a user, all but one when that is named. Run it in the transaction of what it is for.
 *
 * @returns how many it ended
 */
export async function endSessions(
	transaction: Db,
	{ userId, exceptId }: { userId: string; exceptId?: string | undefined },
	now: Date
): Promise<number> {
	const ids = (await readSessionIds(transaction, userId)).filter((id) => id !== exceptId);
	// Always in the same order, so that two at once do not wait for each other.
	for (const id of ids.sort()) await endSessionById(transaction, id, now);
	return ids.length;
}
