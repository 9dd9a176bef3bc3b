import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import { deleteUndoEmails } from '../email/store.ts';
import { type LinkReason, spendOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import { outdateAddressTokens } from '../one-time-tokens/store.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { findAccount } from '../users/store.ts';
import { replaceEmail, unscheduleDeletion } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';

/**
 * Restores the previous address of a user with the link of the email to that address. Every session ends. The person who
 * changed the address cannot take it back: links that undo later changes, and links to addresses that were requested
 * before, become invalid.
 */
export async function undoEmailChange(
	{ db }: Pick<AccountServices, 'db'>,
	{ token }: { token: unknown },
	{ now, audit }: Context
): Promise<Outcome<{ userId: string }, LinkReason | 'email_taken'>> {
	const undone = await transact(db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const shown = { purpose: 'undo_email_change', token, findState } as const;
		const spent = await spendOneTimeToken(transaction, shown, now);
		if (!spent.ok) return spent;
		const { user_id: userId, email: to } = spent.value;
		const account = await findAccount(transaction, { id: userId });
		if (!account || to === null) return refuse('link_outdated');
		const result = await replaceEmail(transaction, { id: userId, from: account.email, to }, now);
		if (result !== 'replaced') return refuse(result === 'taken' ? 'email_taken' : 'link_outdated');
		await endSessions(transaction, { userId }, now);
		// A deletion that was requested in the meantime is cancelled too.
		await unscheduleDeletion(transaction, userId, now);
		const later = { userId, after: spent.value.created_at };
		await outdateAddressTokens(transaction, later);
		await deleteUndoEmails(transaction, later);
		await audit.record(transaction, 'email.change_undone', { user_id: userId });
		return accept({ userId });
	});
	if (!undone.ok) {
		await audit.record(db, 'link.refused', { purpose: 'undo_email_change', reason: undone.reason });
	}
	return undone;
}
