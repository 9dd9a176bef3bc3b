import type { Context } from '../context.ts';
import type { LinkReason } from '../one-time-tokens/one-time-token.ts';
import { useLink } from '../one-time-tokens/use-link.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { markVerified } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';

/** Verifies the address of a user with the link of a verification email. */
export async function verifyEmail(
	{ db }: Pick<AccountServices, 'db'>,
	{ token }: { token: unknown },
	context: Context
): Promise<Outcome<{ userId: string }, LinkReason>> {
	const { now, audit } = context;
	const link = { purpose: 'verify_email', token } as const;
	return useLink<{ userId: string }, LinkReason>(
		{ db, link },
		async (transaction, { account }) => {
			if (!(await markVerified(transaction, account, now))) return refuse('link_outdated');
			await audit.record(transaction, 'email.verified', { user_id: account.id });
			return accept({ userId: account.id });
		},
		context
	);
}
