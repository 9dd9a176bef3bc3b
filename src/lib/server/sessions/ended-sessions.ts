import type { Db } from '../db/tables.ts';
import { deleteSession, insertEndedSession, readEndedSessions } from './store.ts';
import { accessTokenRetentionMs, secondMs } from '../durations.ts';

/** The maximum length of the list of ended sessions. If there are more, only the newest are listed. */
export const maxNamed = 10_000;

/**
 * Ends a session before it expires: deletes it, and lists it as ended, so that its access tokens are refused.
 * Everything that ends a session calls this function in the transaction of the act. A session that expires need not be
 * listed, because no access token outlasts its session.
 *
 * @param sid the id of the session, or the random id in an access token without a session
 * @returns false if the session has already ended
 */
export async function endSessionById(transaction: Db, sid: string, now: Date): Promise<boolean> {
	const at = now.getTime();
	// Inserted first, so that of several concurrent transactions one continues and the others wait here.
	const expiresAt = at + accessTokenRetentionMs;
	const isNew = await insertEndedSession(transaction, { sid, ended_at: at, expires_at: expiresAt });
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
 * Lists the sessions that ended before they expired. If there are too many, `since` becomes the time of the newest
 * unlisted session: verifiers must treat tokens issued earlier as revoked.
 */
export async function listEndedSessions(db: Db, now = new Date()): Promise<EndedSessions> {
	const at = now.getTime();
	const rows = await readEndedSessions(db, { now: at, limit: maxNamed + 1 });
	const unlisted = rows[maxNamed];
	return {
		since: unlisted
			? Math.floor(unlisted.ended_at / secondMs) + 1
			: Math.floor((at - accessTokenRetentionMs) / secondMs),
		sids: rows.slice(0, maxNamed).map(({ sid }) => sid)
	};
}
