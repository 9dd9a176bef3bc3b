import { setTimeout as sleep } from 'node:timers/promises';
import type { UsersTable } from '../db/tables.ts';

type Restricted = Pick<UsersTable, 'tokens_valid_from'>;

/**
 * A token tells when it was issued to the second: all of the second in which a password was changed are refused, or one
 * from just before would stay good. Epoch seconds.
 */
export function lastRefusedSecond({ tokens_valid_from: from }: Restricted): number {
	return from === null ? -1 : Math.floor(from / 1000);
}

/** Waits until a token may be issued that will be good: within the second of a change, for the next one. */
export async function awaitIssuingTime(user: Restricted, now: Date): Promise<Date> {
	const earliest = (lastRefusedSecond(user) + 1) * 1000;
	if (now.getTime() >= earliest) return now;
	await sleep(Math.max(0, earliest - Date.now()));
	return new Date(earliest);
}
