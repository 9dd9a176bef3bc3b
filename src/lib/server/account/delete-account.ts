import type { Caller } from '../authentication/caller.ts';
import { confirmIdentity, type ConfirmReason } from '../authentication/confirm-identity.ts';
import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import { dayMs } from '../durations.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { scheduleDeletion } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';
import { deleteDueAccounts } from './delete-due-accounts.ts';

/**
 * Requests the deletion of an account. Every session ends immediately, and an email tells the user. After the pause,
 * all data about the user is deleted, unless a login cancels the deletion.
 *
 * @param fields `current_password` unless the login is recent
 * @returns when the account will be deleted, in epoch milliseconds
 */
export async function requestDeletion(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context
): Promise<Outcome<{ deletesAt: number }, ConfirmReason>> {
	const { now, locale, audit } = context;
	const confirmed = await confirmIdentity(services, { caller, fields }, context);
	if (!confirmed.ok) return confirmed;
	const { db, outbox, config } = services;
	const { id: userId, email: to } = caller.user;
	const hasPause = config.deletionPauseDays > 0;
	const deletesAt = now.getTime() + config.deletionPauseDays * dayMs;
	const requested = await transact(db, async (transaction) => {
		// A concurrent request with the same session has already scheduled the deletion, so its time applies.
		if (!(await scheduleDeletion(transaction, userId, deletesAt, now))) {
			return refuse('recent_login_required');
		}
		await endSessions(transaction, { userId }, now);
		const data = { deletes_at: String(deletesAt) };
		const email = { kind: 'deletion_scheduled', to, userId, locale, data } as const;
		if (hasPause) await outbox.enqueue(transaction, email, now);
		await audit.record(transaction, 'account.deletion_requested', { user_id: userId });
		return accept(undefined);
	});
	if (!requested.ok) return requested;
	if (!hasPause) await deleteDueAccounts(db, audit, now);
	return accept({ deletesAt });
}
