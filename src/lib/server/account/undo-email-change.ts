import type { Context } from '../context.ts';
import { deleteUndoEmails } from '../email/store.ts';
import type { LinkReason } from '../one-time-tokens/one-time-token.ts';
import { outdateAddressTokens } from '../one-time-tokens/store.ts';
import { useLink } from '../one-time-tokens/use-link.ts';
import { accept, type Outcome } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { unscheduleDeletion } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';
import { replaceAddress } from './replace-address.ts';

/**
 * Restores the previous address of a user with the link that was sent to it. Every session ends. An intruder cannot
 * change the address again: links that undo later changes become invalid, and so do links to addresses that were
 * requested before.
 */
export async function undoEmailChange(
	{ db }: Pick<AccountServices, 'db'>,
	{ token }: { token: unknown },
	context: Context
): Promise<Outcome<{ userId: string }, LinkReason | 'email_taken'>> {
	const { now, audit } = context;
	const link = { purpose: 'undo_email_change', token } as const;
	return useLink<{ userId: string }, LinkReason | 'email_taken'>(
		{ db, link },
		async (transaction, valid) => {
			const replaced = await replaceAddress(transaction, valid, now);
			if (!replaced.ok) return replaced;
			const { id: userId } = valid.account;
			await endSessions(transaction, { userId }, now);
			// An intruder may have requested the deletion, so it is cancelled too.
			await unscheduleDeletion(transaction, userId, now);
			const later = { userId, after: valid.token.created_at };
			await outdateAddressTokens(transaction, later);
			await deleteUndoEmails(transaction, later);
			await audit.record(transaction, 'email.change_undone', { user_id: userId });
			return accept({ userId });
		},
		context
	);
}
