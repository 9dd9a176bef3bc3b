import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import type { Outbox } from '../email/outbox.ts';
import { unscheduleDeletion } from '../users/store-changes.ts';

/** Cancels a requested deletion, if there is one, and tells the user by email. */
export async function cancelDeletion(
	transaction: Db,
	{ outbox, user: { id, email } }: { outbox: Outbox; user: { id: string; email: string } },
	{ now, locale, audit }: Context
): Promise<void> {
	if (!(await unscheduleDeletion(transaction, id, now))) return;
	await outbox.enqueue(transaction, { kind: 'deletion_cancelled', to: email, userId: id, locale }, now);
	await audit.record(transaction, 'account.deletion_cancelled', { user_id: id });
}
