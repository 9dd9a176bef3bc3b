import type { Peer } from '../context.ts';
import { createId, createToken, hashToken } from '../crypto/random.ts';
import type { Db } from '../db/tables.ts';
import { inTransaction } from '../db/transact.ts';
import type { User } from '../users/user.ts';
import { approximatePrefix, describePeer } from './peer-label.ts';
import { endSessionById } from './ended-sessions.ts';
import {
	deleteExpiredSessions,
	findAuthenticationTime,
	findSessionId,
	findSessionWithUser,
	insertSession,
	noteAuthentication,
	touchSession
} from './store.ts';
import { dayMs, hourMs } from '../durations.ts';

/** A session ends after at most 30 days, and after 7 days without a visit. */
const absoluteMs = 30 * dayMs;
const idleMs = 7 * dayMs;
/** A clock that was ahead for less must not make revoked access tokens valid again. */
const endedRetentionMs = dayMs;
/** A visit is stored at most this often, because reading a page should seldom write. */
const touchEveryMs = hourMs;

export const sessionMaxAgeSeconds = absoluteMs / 1000;

/**
 * Starts a session, and ends the session that it replaces (session fixation, OWASP ASVS 5.0, 7.2.4). Run it in a
 * transaction if both must succeed or fail together.
 *
 * @returns the token for the cookie; only its SHA-256 is stored
 */
export async function startSession(
	db: Db,
	session: { userId: string; replacedToken: string | undefined; peer?: Peer | undefined },
	now = new Date()
): Promise<string> {
	const token = createToken();
	const at = now.getTime();
	const replaced = session.replacedToken && (await findSessionId(db, hashToken(session.replacedToken)));
	if (replaced) await endSessionById(db, replaced, now);
	await insertSession(db, {
		id: createId(),
		token_hash: hashToken(token),
		user_id: session.userId,
		created_at: at,
		last_seen_at: at,
		expires_at: at + idleMs,
		...describePeer(session.peer)
	});
	return token;
}

/** The part of a browser's session that requests need. */
export interface BrowserSession {
	id: string;
	user: User;
	/** When the password was last entered in the session; epoch milliseconds. */
	authenticatedAt: number;
}

/**
 * Finds a valid session. The visit extends its life.
 *
 * @param visit the time and the prefix of the visit
 */
export async function findSession(
	db: Db,
	token: string,
	{ now = new Date(), prefix }: { now?: Date; prefix?: string | undefined } = {}
): Promise<BrowserSession | undefined> {
	const at = now.getTime();
	const found = await findSessionWithUser(db, hashToken(token), at);
	if (!found) return undefined;
	const { session, user } = found;
	if (at - session.last_seen_at >= touchEveryMs) {
		const expiresAt = Math.min(session.created_at + absoluteMs, at + idleMs);
		const place = prefix === undefined ? {} : { address_prefix: approximatePrefix(prefix) };
		await touchSession(db, session.id, { last_seen_at: at, expires_at: expiresAt, ...place });
	}
	return { id: session.id, user, authenticatedAt: session.authenticated_at ?? session.created_at };
}

/** When the password was last entered in a session; epoch milliseconds. */
export async function findLastAuthentication(db: Db, id: string): Promise<number | undefined> {
	const session = await findAuthenticationTime(db, id);
	return session && (session.authenticated_at ?? session.created_at);
}

/** Stores that the password was entered again. */
export async function renewAuthentication(db: Db, id: string, now = new Date()): Promise<void> {
	await noteAuthentication(db, id, now.getTime());
}

export async function endSession(db: Db, token: string, now = new Date()): Promise<void> {
	const id = await findSessionId(db, hashToken(token));
	if (id) await inTransaction(db, (transaction) => endSessionById(transaction, id, now));
}

export async function sweepSessions(db: Db, now = new Date()): Promise<void> {
	await deleteExpiredSessions(db, { now: now.getTime(), endedBefore: now.getTime() - endedRetentionMs });
}
