import type { Db } from '../db/tables.ts';
import { deleteSession, insertEndedSession, readEndedSessions } from './store.ts';
import { accessTokenSeconds } from '../durations.ts';

/** An ended session is named while there may be access tokens of it: their life, and what clocks may differ. */
const namedForMs = (accessTokenSeconds + 5 * 60) * 1000;
/** Of more than these only the newest are named. */
export const maxNamed = 10_000;

/**
 * Ends a session before its time: it is gone, and named as ended, so that its access tokens are good no more. Everything
 * that ends one comes here, in a transaction of its own or together with what it is ended for. (One that ends in time
 * need not be named: no access token outlives its session.)
 *
 * @param sid the session's id, or what an access token without a session has in its place
 * @returns false when it was ended before
 */
export async function endSessionById(transaction: Db, sid: string, now: Date): Promise<boolean> {
	const at = now.getTime();
	// First, so that of several at once one goes on: the others wait here for it.
	const isNew = await insertEndedSession(transaction, { sid, ended_at: at, expires_at: at + namedForMs });
	if (isNew) await deleteSession(transaction, sid);
	return isNew;
}

export interface EndedSessions {
	/** Epoch seconds: of a session that is not named, tokens from before may be of one that has ended. */
	since: number;
	/** The newest first. */
	sids: string[];
}

/**
 * The sessions that ended before their time. When there are more than can be named, `since` moves up to the last one that
 * is not: tokens that were issued earlier have to be taken for ended.
 */
export async function listEndedSessions(db: Db, now = new Date()): Promise<EndedSessions> {
	const at = now.getTime();
	const rows = await readEndedSessions(db, { now: at, limit: maxNamed + 1 });
	const unnamed = rows[maxNamed];
	return {
		since: unnamed ? Math.floor(unnamed.ended_at / 1000) + 1 : Math.floor((at - namedForMs) / 1000),
		sids: rows.slice(0, maxNamed).map(({ sid }) => sid)
	};
}
