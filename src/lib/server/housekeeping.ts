import { deleteDueAccounts } from './account/delete-due-accounts.ts';
import type { Audit } from './audit/audit.ts';
import type { Db } from './db/tables.ts';
import { abandonOldEmails } from './email/outbox.ts';
import { sweepOneTimeTokens } from './one-time-tokens/one-time-token.ts';
import { sweepLimits } from './rate-limit/limiter.ts';
import { sweepSessions } from './sessions/session.ts';

/** Deletes expired rows from every table. */
export async function sweep(db: Db, audit: Audit): Promise<void> {
	await Promise.all([
		sweepSessions(db),
		sweepLimits(db),
		sweepOneTimeTokens(db),
		abandonOldEmails(db, audit),
		deleteDueAccounts(db, audit)
	]);
}
