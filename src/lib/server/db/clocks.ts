import { sql } from 'kysely';
import { minuteMs } from '../durations.ts';
import { isMysql } from './column-types.ts';
import type { Db } from './tables.ts';

/** A larger difference between two clocks is a fault. */
export const maxSkewMs = minuteMs;
/** An earlier clock is not set yet, as on a machine without a battery. */
const earliestPlausible = Date.UTC(2026, 0, 1);

/** What the clocks of this machine and of the database's say. Epoch milliseconds. */
export interface Clocks {
	/** For what deletes: a clock that is ahead must not delete early. */
	earliest: number;
	/** For what corrects: a clock that is behind must not take right times for wrong ones. */
	latest: number;
}

/** @returns undefined when the clock of this machine has not been set */
export async function readClocks(db: Db): Promise<Clocks | undefined> {
	const stored = isMysql(db) ? await readDatabaseClock(db) : undefined;
	const local = Date.now();
	if (local < earliestPlausible) return undefined;
	return { earliest: Math.min(local, stored ?? local), latest: Math.max(local, stored ?? local) };
}

async function readDatabaseClock(db: Db): Promise<number> {
	const { rows } = await sql<{ clock: string }>`
		select round(unix_timestamp(now(3)) * 1000) as clock`.execute(db);
	return Number(rows[0]?.clock);
}
