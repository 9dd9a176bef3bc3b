import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import { checkOneTimeToken, type LinkReason } from '../one-time-tokens/one-time-token.ts';
import { recordRefusedLink, useLink } from '../one-time-tokens/use-link.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { LoginServices } from './login-services.ts';
import { parseNewPassword } from './new-password.ts';
import { setPassword } from './set-password.ts';

export type ResetReason = LinkReason | 'invalid_fields';

/**
 * Sets a new password with the link of a reset email, and verifies the address. Every session ends, and the user gets
 * an email. The user is not logged in, because access to the mailbox is not a second factor.
 *
 * @param fields `token` and `password`
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time; the link then stays valid
 */
export async function resetPassword(
	{ db, hasher, outbox, config }: Omit<LoginServices, 'limiter'>,
	fields: Fields,
	context: Context
): Promise<Outcome<{ userId: string }, ResetReason>> {
	const { now, audit, signal } = context;
	const link = { purpose: 'reset_password', token: fields.token } as const;
	const checked = await checkOneTimeToken(db, link, now);
	if (!checked.ok) {
		await recordRefusedLink(db, { purpose: link.purpose, refusal: checked }, audit);
		return checked;
	}
	const { account } = checked.value;
	const parsed = parseNewPassword(config, fields, account);
	if (!parsed.ok) return parsed;
	const hashed_password = await hasher.hash(parsed.value.password, { signal });
	const changes = { hashed_password, email_verified_at: account.email_verified_at ?? now.getTime() };
	return useLink<{ userId: string }, LinkReason>(
		{ db, link },
		async (transaction) => {
			const isSet = await setPassword(transaction, { outbox, account, changes, how: 'reset' }, context);
			return isSet ? accept({ userId: account.id }) : refuse('link_outdated');
		},
		context
	);
}
