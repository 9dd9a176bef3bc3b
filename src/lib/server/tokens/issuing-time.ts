import { setTimeout as sleep } from 'node:timers/promises';
import type { UsersTable } from '../db/tables.ts';
import { secondMs } from '../durations.ts';
import { UnavailableError } from '../outcome.ts';

/** The clock of the instance that changed the password may be ahead by this. */
const maxWaitMs = 5 * secondMs;

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

/**
 * Waits until a valid token can be issued: within the second of a change, until the next second.
 *
 * @throws UnavailableError when that time lies further ahead: it comes from a clock that was wrong, and is corrected soon
 */
export async function awaitIssuingTime(user: Restricted, now: Date): Promise<Date> {
	const earliest = (lastRefusedSecond(user) + 1) * 1000;
	if (now.getTime() >= earliest) return now;
	const waitMs = earliest - now.getTime();
	if (waitMs > maxWaitMs) {
		throw new UnavailableError('database_unavailable', 'tokens_valid_from lies ahead: a clock was wrong', {
			retryAfterSeconds: Math.ceil(maxWaitMs / secondMs)
		});
	}
	await sleep(Math.max(0, Math.min(waitMs, earliest - Date.now())));
	return new Date(earliest);
}
