import { readClocks } from './db/clocks.ts';
import { correctTimes, findAhead, type StoredTimes } from './db/stored-times.ts';
import type { Db } from './db/tables.ts';
import { outboxTimes } from './email/stored-times.ts';
import { signingKeyTimes } from './keys/stored-times.ts';
import type { Logger } from './log.ts';
import { oneTimeTokenTimes } from './one-time-tokens/stored-times.ts';
import { sessionTimes } from './sessions/stored-times.ts';
import { userTimes } from './users/stored-times.ts';

/** Full buckets of `rate_limits` are recognised where they are used. */
const allTimes = [userTimes, sessionTimes, oneTimeTokenTimes, outboxTimes, signingKeyTimes] as StoredTimes[];

/**
 * Brings stored times that lie ahead down to now. They come from a clock that was ahead for a while. Believed, they
 * would refuse tokens, hold back emails and lengthen sessions until the clock arrives there.
 */
export async function correctClockFaults(db: Db, log: Logger): Promise<void> {
	const clocks = await readClocks(db);
	if (!clocks) return log.warn('The clock of this machine is not set: stored times are not checked');
	const corrected: Record<string, number> = {};
	for (const times of allTimes) {
		const rows = await correctTimes(db, times, clocks.latest);
		if (rows > 0) corrected[times.table] = rows;
	}
	if (Object.keys(corrected).length > 0)
		log.warn({ rows: corrected }, 'A clock was ahead: stored times in the future were set to now');
}

/** The tables with stored times in the future. */
export async function findClockFaults(db: Db): Promise<string[]> {
	const clocks = await readClocks(db);
	if (!clocks) return [];
	const found: string[] = [];
	for (const times of allTimes)
		if ((await findAhead(db, times, clocks.latest)).length > 0) found.push(times.table);
	return found;
}
