import type { Db } from '../db/tables.ts';
import { deleteEmailsOf } from '../email/store.ts';
import { deleteTokensOf } from '../one-time-tokens/store.ts';
import { endSessions } from '../sessions/own-sessions.ts';

/** Ends and deletes what belongs to a user, in the transaction that deletes the user: sessions, links, queued emails. */
export async function eraseAccount(
	transaction: Db,
	{ id: userId, email }: { id: string; email: string },
	now: Date
): Promise<void> {
	await endSessions(transaction, { userId }, now);
	await deleteTokensOf(transaction, userId);
	await deleteEmailsOf(transaction, { userId, email });
}
