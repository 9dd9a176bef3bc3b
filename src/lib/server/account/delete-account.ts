import type { RecordEvent } from '../audit/events.ts';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { forgetLetters, type Outbox } from '../mail/outbox.ts';
import { forgetOneTimeTokens } from '../one-time-tokens/one-time-token.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import type { AccountServices, Caller } from './caller.ts';
import { confirmIdentity, type ConfirmReason } from './confirm-identity.ts';
import { deleteDueUser, readDueDeletions, scheduleDeletion, unscheduleDeletion } from './store.ts';

const dayMs = 24 * 60 * 60 * 1000;
const batch = 100;

/**
 * Lets a user leave: every session ends now, and after the pause everything about them is deleted, unless they log in
 * before. A letter says so.
 *
 * @param fields `current_password` unless the log-in is recent
 * @returns when it will be done, epoch milliseconds
 */
export async function requestDeletion(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context = {}
): Promise<Outcome<{ deletesAt: number }, ConfirmReason>> {
	const { now = new Date(), record = () => {}, locale } = context;
	const confirmed = await confirmIdentity(services, { caller, fields }, context);
	if (!confirmed.ok) return confirmed;
	const { db, outbox, config } = services;
	const { id, email } = caller.user;
	const deletesAt = now.getTime() + config.deletionPauseDays * dayMs;
	const requested = await transact(db, async (transaction) => {
		// Somebody else was faster, with the same session: that one's words stand.
		if (!(await scheduleDeletion(transaction, id, deletesAt, now))) return refuse('recent_login_required');
		await endSessions(transaction, { userId: id }, now);
		// Without a pause there is nobody left to write to.
		if (config.deletionPauseDays === 0) return accept(undefined);
		const order = { kind: 'deletion_scheduled', to: email, userId: id, locale } as const;
		await outbox.order(transaction, { ...order, data: { deletes_at: String(deletesAt) } }, now);
		return accept(undefined);
	});
	if (!requested.ok) return requested;
	record('account.deletion_requested', { user_id: id });
	if (config.deletionPauseDays === 0) await deleteDueAccounts(db, record, now);
	return accept({ deletesAt });
}

/**
 * Whoever logs in meanwhile stays, and a letter says so.
 *
 * @returns false when there was nothing to cancel
 */
export async function cancelDeletion(
	{ db: transaction, outbox }: { db: Db; outbox: Outbox },
	{ id, email }: { id: string; email: string },
	{ now = new Date(), locale }: Context = {}
): Promise<boolean> {
	if (!(await unscheduleDeletion(transaction, id, now))) return false;
	await outbox.order(transaction, { kind: 'deletion_cancelled', to: email, userId: id, locale }, now);
	return true;
}

/** Deletes, from every table, those whose pause is over. */
export async function deleteDueAccounts(db: Db, record: RecordEvent, now = new Date()): Promise<void> {
	const due = await readDueDeletions(db, { now: now.getTime(), limit: batch });
	for (const { id, email } of due) {
		const isDeleted = await db.transaction().execute(async (transaction) => {
			if (!(await deleteDueUser(transaction, id, now.getTime()))) return false;
			await endSessions(transaction, { userId: id }, now);
			await forgetOneTimeTokens(transaction, id);
			await forgetLetters(transaction, { userId: id, email });
			return true;
		});
		if (isDeleted) record('account.deleted', { user_id: id });
	}
	if (due.length === batch) await deleteDueAccounts(db, record, now);
}
