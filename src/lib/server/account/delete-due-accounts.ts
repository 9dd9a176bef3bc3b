import type { Audit } from '../audit/audit.ts';
import { inTransaction } from '../db/transact.ts';
import type { Db } from '../db/tables.ts';
import { deleteEmailsOf } from '../email/store.ts';
import { deleteTokensOf } from '../one-time-tokens/store.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { deleteDueUser, readDueDeletions } from '../users/store-changes.ts';

const batch = 100;

/** Deletes the accounts whose deletion is due, from every table. */
export async function deleteDueAccounts(db: Db, audit: Audit, now = new Date()): Promise<void> {
	const due = await readDueDeletions(db, { now: now.getTime(), limit: batch });
	for (const { id, email } of due) {
		await inTransaction(db, async (transaction) => {
			if (!(await deleteDueUser(transaction, id, now.getTime()))) return;
			await endSessions(transaction, { userId: id }, now);
			await deleteTokensOf(transaction, id);
			await deleteEmailsOf(transaction, { userId: id, email });
			await audit.record(transaction, 'account.deleted', { user_id: id });
		});
	}
	if (due.length === batch) await deleteDueAccounts(db, audit, now);
}
