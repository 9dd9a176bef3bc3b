import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import { type LinkReason, spendOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findAccount } from '../users/store.ts';
import { markVerified } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';

/** Verifies the address of a user with the link of a verification email. */
export async function verifyEmail(
	{ db }: Pick<AccountServices, 'db'>,
	{ token }: { token: unknown },
	{ now, audit }: Context
): Promise<Outcome<{ userId: string }, LinkReason>> {
	const verified = await transact(db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const spent = await spendOneTimeToken(transaction, { purpose: 'verify_email', token, findState }, now);
		if (!spent.ok) return spent;
		const account = await findAccount(transaction, { id: spent.value.user_id });
		if (!account || !(await markVerified(transaction, account, now))) return refuse('link_outdated');
		await audit.record(transaction, 'email.verified', { user_id: account.id });
		return accept({ userId: account.id });
	});
	if (!verified.ok) {
		await audit.record(db, 'link.refused', { purpose: 'verify_email', reason: verified.reason });
	}
	return verified;
}
