import * as v from 'valibot';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { readEmailsOf } from '../email/store.ts';
import { readTokensOf } from '../one-time-tokens/store.ts';
import { describedSession, describeSession } from '../sessions/described-session.ts';
import { listOwnSessions } from '../sessions/own-sessions.ts';
import type { Caller } from '../authentication/caller.ts';
import { findAccount } from '../users/store.ts';

const time = v.pipe(v.string(), v.isoTimestamp());

/** The JSON of an export: all data stored about a user. */
export const exportedAccount = v.object({
	exported_at: time,
	user: v.object({
		id: v.pipe(v.string(), v.uuid()),
		email: v.string(),
		first_name: v.string(),
		last_name: v.string(),
		role: v.string(),
		created_at: time,
		updated_at: time,
		email_verified_at: v.nullable(time),
		tokens_valid_from: v.nullable(time),
		deletes_at: v.nullable(time),
		imported_at: v.nullable(time)
	}),
	sessions: v.array(
		v.object({
			...describedSession.entries,
			user_agent: v.nullable(v.string()),
			authenticated_at: v.nullable(time),
			refreshed_at: v.nullable(time)
		})
	),
	links: v.array(
		v.object({
			purpose: v.string(),
			email: v.nullable(v.string()),
			created_at: time,
			expires_at: time,
			used_at: v.nullable(time)
		})
	),
	queued_emails: v.array(
		v.object({ kind: v.string(), recipient: v.string(), locale: v.string(), created_at: time })
	)
});

/**
 * All data stored about a user (GDPR, articles 15 and 20), under the names of the columns. Hashes of the password and of
 * tokens are left out. Rate-limit counters are stored under keyed hashes, which identify no user.
 */
export async function exportAccount(
	{ db }: { db: Db },
	{ user, sessionId }: Caller,
	{ now, audit }: Context
): Promise<v.InferOutput<typeof exportedAccount>> {
	const account = await findAccount(db, { id: user.id });
	if (!account) throw new Error('The user was deleted during the export');
	const { id, email, first_name, last_name, role, ...times } = account;
	const [sessions, tokens, emails] = await Promise.all([
		listOwnSessions(db, { userId: id, currentId: sessionId }, now),
		readTokensOf(db, id),
		readEmailsOf(db, { userId: id, email })
	]);
	await audit.record(db, 'account.exported', { user_id: id });
	return {
		exported_at: now.toISOString(),
		user: {
			...{ id, email, first_name, last_name, role },
			created_at: write(times.created_at),
			updated_at: write(times.updated_at),
			email_verified_at: writeIfAny(times.email_verified_at),
			tokens_valid_from: writeIfAny(times.tokens_valid_from),
			deletes_at: writeIfAny(times.deletes_at),
			imported_at: writeIfAny(times.imported_at)
		},
		sessions: sessions.map((session) => ({
			...describeSession(session),
			user_agent: session.user_agent,
			authenticated_at: writeIfAny(session.authenticated_at),
			refreshed_at: writeIfAny(session.refreshed_at)
		})),
		links: tokens.map(({ purpose, email, created_at, expires_at, used_at }) => ({
			purpose,
			email,
			created_at: write(created_at),
			expires_at: write(expires_at),
			used_at: writeIfAny(used_at)
		})),
		queued_emails: emails.map(({ kind, recipient, locale, created_at }) => ({
			kind,
			recipient,
			locale,
			created_at: write(created_at)
		}))
	};
}

function write(at: number): string {
	return new Date(at).toISOString();
}

function writeIfAny(at: number | null): string | null {
	return at === null ? null : write(at);
}
