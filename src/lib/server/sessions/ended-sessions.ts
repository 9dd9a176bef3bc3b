import type { Db } from '../db/tables.ts';
import { deleteSession, insertEndedSession, readEndedSessions } from './store.ts';
import { accessTokenSeconds } from '../durations.ts';

/** How long an ended session is listed: the life of its access tokens, and the largest clock difference. */
const namedForMs = (accessTokenSeconds + 5 * 60) * 1000;
/** The longest list of ended sessions. Of more sessions, only the newest are listed. */
export const maxNamed = 10_000;

/**
 * Ends a session before it expires: deletes it and lists it as ended, so that its access tokens are refused.
 * Everything that ends a session calls this in the transaction of the act. (A session that expires need not be
 * listed, because no access token outlives its session.)
 *
 * @param sid the id of the session, or the id that an access token without a session has in its place
 * @returns false when the session has already ended
 */
export async function endSessionById(transaction: Db, sid: string, now: Date): Promise<boolean> {
	const at = now.getTime();
	// First, so that of several concurrent transactions one continues and the others wait here.
	const isNew = await insertEndedSession(transaction, { sid, ended_at: at, expires_at: at + namedForMs });
	if (isNew) await deleteSession(transaction, sid);
	return isNew;
}

export interface EndedSessions {
	/** Epoch seconds: a token issued before this may belong to an ended session that is not listed. */
	since: number;
	/** The newest first. */
	sids: string[];
}

/**
 * The sessions that ended before they expired. When there are more than can be listed, `since` moves to the newest
 * session that is not listed: tokens issued earlier must be treated as revoked.
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
