import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { listLetters } from '../mail/outbox.ts';
import { listOneTimeTokens } from '../one-time-tokens/one-time-token.ts';
import { listOwnSessions } from '../sessions/own-sessions.ts';
import type { Caller } from './caller.ts';
import { findAccount } from './store.ts';

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/**
 * All that is held about a user (GDPR, articles 15 and 20), in the names of the tables; of the password and of tokens, which
 * are kept as hashes, only that they are there. Counters of tries are kept under keyed hashes and lead back to nobody.
 */
export async function exportAccount(
	{ db }: { db: Db },
	{ user, sessionId }: Caller,
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<Record<string, unknown>> {
	const account = await findAccount(db, { id: user.id });
	if (!account) throw new Error('the user was deleted while they were asked for');
	const { hashed_password, ...held } = account;
	const [sessions, tokens, letters] = await Promise.all([
		listOwnSessions(db, { userId: user.id, currentId: sessionId }, now),
		listOneTimeTokens(db, user.id),
		listLetters(db, { userId: user.id, email: user.email })
	]);
	record('account.exported', { user_id: user.id });
	return {
		exported_at: now.toISOString(),
		user: {
			...held,
			created_at: time(held.created_at),
			updated_at: time(held.updated_at),
			email_verified_at: time(held.email_verified_at),
			tokens_valid_from: time(held.tokens_valid_from),
			deletes_at: time(held.deletes_at),
			has_password: hashed_password !== ''
		},
		sessions: sessions.map(({ isCurrent, isProgram, ...session }) => ({
			id: session.id,
			kind: isProgram ? 'program' : 'browser',
			is_current: isCurrent,
			user_agent: session.user_agent,
			address_prefix: session.address_prefix,
			created_at: time(session.created_at),
			last_seen_at: time(session.last_seen_at),
			expires_at: time(session.expires_at)
		})),
		links: tokens.map(({ purpose, email, created_at, expires_at, used_at }) => ({
			purpose,
			email,
			created_at: time(created_at),
			expires_at: time(expires_at),
			used_at: time(used_at)
		})),
		letters: letters.map(({ kind, recipient, created_at }) => ({
			kind,
			recipient,
			created_at: time(created_at)
		}))
	};
}
