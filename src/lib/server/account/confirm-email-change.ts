import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import { type LinkReason, spendOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import type { BrowserSession } from '../sessions/session.ts';
import { findAccount } from '../users/store.ts';
import { replaceEmail } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';

/**
 * Changes the address of a user with the link of the email to the new address. Every other session ends, and the old
 * address gets an email with a link to undo the change.
 */
export async function confirmEmailChange(
	{ db, outbox }: AccountServices,
	{ token, session }: { token: unknown; session: BrowserSession | undefined },
	{ now, audit, locale }: Context
): Promise<Outcome<{ userId: string }, LinkReason | 'email_taken'>> {
	const changed = await transact(db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const spent = await spendOneTimeToken(transaction, { purpose: 'change_email', token, findState }, now);
		if (!spent.ok) return spent;
		const { user_id: userId, email: to } = spent.value;
		const account = await findAccount(transaction, { id: userId });
		if (!account || to === null) return refuse('link_outdated');
		const result = await replaceEmail(transaction, { id: userId, from: account.email, to }, now);
		if (result !== 'replaced') return refuse(result === 'taken' ? 'email_taken' : 'link_outdated');
		const exceptId = session?.user.id === userId ? session.id : undefined;
		await endSessions(transaction, { userId, exceptId }, now);
		const email = { kind: 'email_changed', to: account.email, userId, locale } as const;
		await outbox.enqueue(transaction, { ...email, data: { new_email: to } }, now);
		await audit.record(transaction, 'email.changed', { user_id: userId });
		return accept({ userId });
	});
	if (!changed.ok) {
		await audit.record(db, 'link.refused', { purpose: 'change_email', reason: changed.reason });
	}
	return changed;
}
