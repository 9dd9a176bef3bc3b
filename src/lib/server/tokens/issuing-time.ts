import { setTimeout as sleep } from 'node:timers/promises';
import type { UsersTable } from '../db/tables.ts';

type Restricted = Pick<UsersTable, 'tokens_valid_from'>;

/**
 * The issuing time of a token is precise to the second. All tokens from the second in which a password was changed are
 * refused. Otherwise, a token issued just before the change would stay valid.
 *
 * @returns epoch seconds
 */
export function lastRefusedSecond({ tokens_valid_from: from }: Restricted): number {
	return from === null ? -1 : Math.floor(from / 1000);
}

/** Waits until a valid token can be issued. In the second of a change, this is the next second. */
export async function awaitIssuingTime(user: Restricted, now: Date): Promise<Date> {
	const earliest = (lastRefusedSecond(user) + 1) * 1000;
	if (now.getTime() >= earliest) return now;
	await sleep(Math.max(0, earliest - Date.now()));
	return new Date(earliest);
}
