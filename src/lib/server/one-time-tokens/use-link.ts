import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { transact } from '../db/transact.ts';
import type { Outcome, Refusal } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import { type LinkReason, type ShownToken, spendOneTimeToken, type ValidToken } from './one-time-token.ts';
import type { Purpose } from './purposes.ts';

/**
 * Performs the act of an emailed link. The link is marked as used in the transaction of the act, so a refused act
 * leaves it valid. A refusal is recorded.
 */
export async function useLink<Value, R extends Reason>(
	{ db, link }: { db: Db; link: ShownToken },
	act: (transaction: Db, valid: ValidToken) => Promise<Outcome<Value, R>>,
	{ now, audit }: Pick<Context, 'now' | 'audit'>
): Promise<Outcome<Value, R | LinkReason>> {
	const used = await transact<Value, R | LinkReason>(db, async (transaction) => {
		const spent = await spendOneTimeToken(transaction, link, now);
		return spent.ok ? act(transaction, spent.value) : spent;
	});
	if (!used.ok) await recordRefusedLink(db, { purpose: link.purpose, refusal: used }, audit);
	return used;
}

/** Records that a link was refused, and why. */
export async function recordRefusedLink(
	db: Db,
	{ purpose, refusal }: { purpose: Purpose; refusal: Refusal },
	audit: Context['audit']
): Promise<void> {
	await audit.record(db, 'link.refused', { purpose, reason: refusal.reason });
}
