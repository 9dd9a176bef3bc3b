import type { Audit } from '../audit/audit.ts';
import { inTransaction } from '../db/transact.ts';
import type { Db } from '../db/tables.ts';
import { deleteDueUser, readDueDeletions } from '../users/store-changes.ts';
import { eraseAccount } from './erase-account.ts';

const batch = 100;

/** Deletes the accounts whose deletion is due, from every table. */
export async function deleteDueAccounts(db: Db, audit: Audit, now = new Date()): Promise<void> {
	const due = await readDueDeletions(db, { now: now.getTime(), limit: batch });
	for (const account of due) {
		await inTransaction(db, async (transaction) => {
			if (!(await deleteDueUser(transaction, account.id, now.getTime()))) return;
			await eraseAccount(transaction, account, now);
			await audit.record(transaction, 'account.deleted', { user_id: account.id });
		});
	}
	if (due.length === batch) await deleteDueAccounts(db, audit, now);
}
