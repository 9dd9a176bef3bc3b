import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { inTransaction } from '../db/transact.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessionById } from './ended-sessions.ts';
import { readSessionIds, readSessions, type StoredSession } from './store.ts';

/** A session as its user sees it. */
export type OwnSession = StoredSession & { isCurrent: boolean };

/** The valid sessions of a user: first the current one, then the others by their last visit. */
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

/** Ends one session of a user. A session of another user is `not_found`. */
export async function endOwnSession(
	{ db }: { db: Db },
	{ userId, sessionId }: { userId: string; sessionId: string },
	{ now, audit }: Context
): Promise<Outcome<undefined, 'not_found'>> {
	const isOwn = (await readSessionIds(db, userId)).includes(sessionId);
	if (!isOwn) return refuse('not_found');
	await inTransaction(db, async (transaction) => {
		await endSessionById(transaction, sessionId, now);
		await audit.record(transaction, 'session.ended_elsewhere', { user_id: userId, count: 1 });
	});
	return accept(undefined);
}

/** Ends all sessions of a user except the current one. */
export async function endOtherSessions(
	{ db }: { db: Db },
	others: { userId: string; exceptId: string | undefined },
	{ now, audit }: Context
): Promise<void> {
	await inTransaction(db, async (transaction) => {
		const count = await endSessions(transaction, others, now);
		const details = { user_id: others.userId, count };
		if (count > 0) await audit.record(transaction, 'session.ended_elsewhere', details);
	});
}

/**
 * Ends the sessions of a user, optionally except one, in the transaction of the act that ends them.
 *
 * @returns the number of ended sessions
 */
export async function endSessions(
	transaction: Db,
	{ userId, exceptId }: { userId: string; exceptId?: string | undefined },
	now: Date
): Promise<number> {
	const ids = (await readSessionIds(transaction, userId)).filter((id) => id !== exceptId);
	// Always in the same order, so that two concurrent transactions cannot deadlock.
	for (const id of ids.sort()) await endSessionById(transaction, id, now);
	return ids.length;
}
