import { deleteDueAccounts } from './account/delete-due-accounts.ts';
import type { Audit } from './audit/audit.ts';
import type { Db } from './db/tables.ts';
import { minuteMs } from './durations.ts';
import { abandonOldEmails } from './email/outbox.ts';
import type { Logger } from './log.ts';
import { sweepOneTimeTokens } from './one-time-tokens/one-time-token.ts';
import { sweepLimits } from './rate-limit/limiter.ts';
import { sweepSessions } from './sessions/session.ts';

const sweepMs = 5 * minuteMs;

export interface Housekeeping {
	/** Deletes expired rows now and then periodically. */
	start(): void;
	/** Resolves when no sweep is running. */
	stop(): Promise<void>;
}

export function createHousekeeping(db: Db, { audit, log }: { audit: Audit; log: Logger }): Housekeeping {
	let timer: NodeJS.Timeout | undefined;
	let sweeping: Promise<void> | undefined;

	function run(): void {
		sweeping ??= sweep(db, audit)
			.catch((error: unknown) => log.warn({ err: error }, 'Expired rows were not deleted'))
			.finally(() => (sweeping = undefined));
	}

	return {
		start() {
			timer = setInterval(run, sweepMs).unref();
			run();
		},
		async stop() {
			clearInterval(timer);
			await sweeping;
		}
	};
}

/** Deletes expired rows from every table. */
async function sweep(db: Db, audit: Audit): Promise<void> {
	await Promise.all([
		sweepSessions(db),
		sweepLimits(db),
		sweepOneTimeTokens(db),
		abandonOldEmails(db, audit),
		deleteDueAccounts(db, audit)
	]);
}
