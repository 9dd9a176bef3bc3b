import { createHmac, type KeyObject } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import type { Peer } from '../context.ts';
import { createId, createToken, hashToken } from '../crypto/random.ts';
import type { Db } from '../db/tables.ts';
import { inTransaction } from '../db/transact.ts';
import { secondMs } from '../durations.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { RestrictedUser } from '../users/user.ts';
import { describePeer } from './peer-label.ts';
import { endSessionById } from './ended-sessions.ts';
import { type FoundSession, findSessionWithUser, insertSession, rotateRefreshToken } from './store.ts';

/**
 * How long a replaced token still gets the same successor. The response may have been lost, or two tabs may refresh
 * concurrently.
 */
const graceMs = 30 * secondMs;
const form = /^([\w-]{43})\.([\w-]{43})$/;

/** The settings of refresh tokens. */
export interface RefreshPolicy {
	/** Derives successors, so that the same successor can be issued twice without being stored. */
	key: KeyObject;
	/** The maximum life of a session. */
	absoluteMs: number;
	/** The maximum time between two refreshes. */
	idleMs: number;
}

export interface Refreshed {
	user: RestrictedUser;
	sessionId: string;
	/** When the session ends unless it is refreshed again; epoch milliseconds. */
	endsAt: number;
	/** The next token, which replaces the current one. */
	refreshToken: string;
}

/**
 * Starts a session of a program. Its refresh tokens consist of two secrets. All tokens of the session share the first
 * one, which identifies replaced tokens. The second one changes at each use.
 */
export async function startRefreshSession(
	db: Db,
	{
		userId,
		policy: { idleMs, absoluteMs },
		peer
	}: { userId: string; policy: RefreshPolicy; peer?: Peer | undefined },
	now = new Date()
): Promise<Omit<Refreshed, 'user'>> {
	const [family, secret, sessionId] = [createToken(), createToken(), createId()];
	const at = now.getTime();
	const endsAt = at + Math.min(idleMs, absoluteMs);
	await insertSession(db, {
		id: sessionId,
		token_hash: hashFamily(family),
		user_id: userId,
		created_at: at,
		last_seen_at: at,
		expires_at: endsAt,
		refresh_hash: hashToken(secret),
		refreshed_at: at,
		...describePeer(peer)
	});
	return { sessionId, endsAt, refreshToken: `${family}.${secret}` };
}

/**
 * Exchanges a refresh token for the next one. A token that has already been replaced ends its session, because two
 * parties have it (RFC 9700 §4.14.2).
 */
export async function useRefreshToken(
	db: Db,
	{ token, policy, audit }: { token: string; policy: RefreshPolicy; audit: Audit },
	now = new Date()
): Promise<Outcome<Refreshed, 'invalid_grant'>> {
	const [, family = '', secret = ''] = form.exec(token) ?? [];
	if (!family) return refuse('invalid_grant');
	const at = now.getTime();
	const [shown, next] = [hashToken(secret), deriveNext(policy.key, family, secret)];
	const find = () => findSessionWithUser(db, hashFamily(family), at);

	let found = await find();
	if (found?.session.refresh_hash === shown) {
		const { id, created_at } = found.session;
		const endsAt = Math.min(created_at + policy.absoluteMs, at + policy.idleMs);
		// The session started while the settings allowed longer sessions.
		if (endsAt <= at) return refuse('invalid_grant');
		const isOurs = await rotateRefreshToken(db, id, {
			refresh_hash: hashToken(next),
			previous_refresh_hash: shown,
			refreshed_at: at,
			last_seen_at: at,
			expires_at: endsAt
		});
		if (isOurs) return accept({ user: found.user, sessionId: id, endsAt, refreshToken: `${family}.${next}` });
		// A concurrent request was first, and its result also counts for this request.
		found = await find();
	}
	if (!found) return refuse('invalid_grant');
	const { session, user } = found;
	const isLate =
		session.previous_refresh_hash === shown && Math.abs(at - (session.refreshed_at ?? 0)) <= graceMs;
	if (isLate && session.refresh_hash === hashToken(next)) {
		const { id: sessionId, expires_at: endsAt } = session;
		return accept({ user, sessionId, endsAt, refreshToken: `${family}.${next}` });
	}
	// Within the grace period, the successor differs only if SECRET_KEY was changed in between, which is not theft.
	if (!isLate) {
		await inTransaction(db, async (transaction) => {
			await endSessionById(transaction, session.id, now);
			await audit.record(transaction, 'refresh_token.reused', { user_id: user.id });
		});
	}
	return refuse('invalid_grant');
}

/** Finds the session of a refresh token without using the token. `isCurrent` is false for a replaced token. */
export async function findRefreshSession(
	db: Db,
	token: string,
	now = new Date()
): Promise<(FoundSession & { isCurrent: boolean }) | undefined> {
	const [, family = '', secret = ''] = form.exec(token) ?? [];
	if (!family) return undefined;
	const found = await findSessionWithUser(db, hashFamily(family), now.getTime());
	return found && { ...found, isCurrent: found.session.refresh_hash === hashToken(secret) };
}

/** Differs from the hash of a browser's token, so that no part of a refresh token is valid as a cookie. */
function hashFamily(family: string): string {
	return hashToken(`refresh ${family}`);
}

function deriveNext(key: KeyObject, family: string, secret: string): string {
	return createHmac('sha256', key).update(`${family}.${secret}`).digest('base64url');
}
