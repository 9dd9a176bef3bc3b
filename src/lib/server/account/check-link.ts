import type { Db } from '../db/tables.ts';
import { checkOneTimeToken, type LinkReason } from '../one-time-tokens/one-time-token.ts';
import type { Purpose } from '../one-time-tokens/purposes.ts';
import type { Outcome } from '../outcome.ts';
import { findAccount } from '../users/store.ts';

/** Whether the link of an email is valid. Checking it changes nothing. */
export async function checkLink(
	{ db }: { db: Db },
	{ purpose, token }: { purpose: Purpose; token: unknown },
	now = new Date()
): Promise<Outcome<unknown, LinkReason>> {
	const findState = (id: string) => findAccount(db, { id });
	return checkOneTimeToken(db, { purpose, token, findState }, now);
}
