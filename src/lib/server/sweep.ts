import { deleteDueAccounts } from './account/delete-account.ts';
import type { RecordEvent } from './audit/events.ts';
import type { Db } from './db/tables.ts';
import { sweepOutbox } from './mail/outbox.ts';
import { sweepOneTimeTokens } from './one-time-tokens/one-time-token.ts';
import { sweepLimits } from './rate-limit/limiter.ts';
import { sweepSessions } from './sessions/session.ts';

/** Deletes whatever has had its time, in every table. */
export async function sweep(db: Db, record: RecordEvent): Promise<void> {
	await Promise.all([
		sweepSessions(db),
		sweepLimits(db),
		sweepOneTimeTokens(db),
		sweepOutbox(db, record),
		deleteDueAccounts(db, record)
	]);
}
