import { deleteDueAccounts } from './account/delete-due-accounts.ts';
import type { Audit } from './audit/audit.ts';
import { createClockJumps } from './clock-jumps.ts';
import { correctClockFaults } from './correct-clock-faults.ts';
import { readClocks } from './db/clocks.ts';
import type { Db } from './db/tables.ts';
import { hourMs, minuteMs, secondMs } from './durations.ts';
import { abandonOldEmails } from './email/outbox.ts';
import type { Logger } from './log.ts';
import { sweepOneTimeTokens } from './one-time-tokens/one-time-token.ts';
import { sweepLimits } from './rate-limit/limiter.ts';
import { sweepSessions } from './sessions/session.ts';

const sweepMs = 5 * minuteMs;
const clockCheckMs = 10 * secondMs;
/** A clock that was set forward by mistake is usually corrected by then. Until then nothing is deleted. */
const distrustMs = hourMs;

export interface Housekeeping {
	/** Deletes expired rows, now and then periodically, and corrects stored times when the clock is set back. */
	start(): void;
	/** Resolves when nothing of it is running. */
	stop(): Promise<void>;
}

export function createHousekeeping(db: Db, { audit, log }: { audit: Audit; log: Logger }): Housekeeping {
	const jumps = createClockJumps();
	let timers: NodeJS.Timeout[] = [];
	let running: Promise<void> = Promise.resolve();
	let sweepsFrom = 0;

	/** One after the other: a correction must not meet a sweep. */
	function run(act: () => Promise<void>, complaint: string): void {
		running = running
			.then(() => (timers.length > 0 ? act() : undefined))
			.catch((error: unknown) => log.warn({ err: error }, complaint));
	}

	function sweepUnlessDistrusted(): void {
		if (performance.now() < sweepsFrom) return;
		run(() => sweep(db, audit), 'Expired rows were not deleted');
	}

	function checkClock(): void {
		const jump = jumps.find();
		if (jump === 'forward') {
			log.warn('The clock was set forward: expired rows are kept for an hour');
			sweepsFrom = performance.now() + distrustMs;
		} else if (jump === 'back') {
			sweepsFrom = 0;
			run(() => correctClockFaults(db, log), 'Stored times were not checked');
		}
	}

	return {
		start() {
			const everySweep = setInterval(sweepUnlessDistrusted, sweepMs).unref();
			timers = [everySweep, setInterval(checkClock, clockCheckMs).unref()];
			sweepUnlessDistrusted();
		},
		async stop() {
			for (const timer of timers) clearInterval(timer);
			timers = [];
			await running;
		}
	};
}

/** Deletes expired rows from every table. Of the clocks, the one that is behind decides. */
async function sweep(db: Db, audit: Audit): Promise<void> {
	const clocks = await readClocks(db);
	if (!clocks) return;
	const now = new Date(clocks.earliest);
	await Promise.all([
		sweepSessions(db, now),
		sweepLimits(db, now),
		sweepOneTimeTokens(db, now),
		abandonOldEmails(db, audit, now),
		deleteDueAccounts(db, audit, now)
	]);
}
