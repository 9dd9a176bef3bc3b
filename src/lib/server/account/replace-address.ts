import type { Db } from '../db/tables.ts';
import type { ValidToken } from '../one-time-tokens/one-time-token.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { replaceEmail } from '../users/store-changes.ts';

/** Changes the address of a user to that of a link, in the transaction of the act. @returns the new address */
export async function replaceAddress(
	transaction: Db,
	{ token: { email: to }, account }: ValidToken,
	now: Date
): Promise<Outcome<string, 'link_outdated' | 'email_taken'>> {
	if (to === null) return refuse('link_outdated');
	const result = await replaceEmail(transaction, { id: account.id, from: account.email, to }, now);
	if (result === 'replaced') return accept(to);
	return refuse(result === 'taken' ? 'email_taken' : 'link_outdated');
}
