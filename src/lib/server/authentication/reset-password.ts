import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { UsersTable } from '../db/tables.ts';
import type { Fields } from '../fields.ts';
import { checkOneTimeToken, type LinkReason, spendOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { findAccount } from '../users/store.ts';
import { replacePassword } from '../users/store-changes.ts';
import type { LoginServices } from './login-services.ts';
import { parseNewPassword } from './new-password.ts';

export type ResetReason = LinkReason | 'invalid_fields';

type ResetServices = Omit<LoginServices, 'limiter'>;
type Reset = Outcome<{ userId: string }, ResetReason>;

/**
 * Sets a new password with the link of a reset email. Every session ends, and an email tells the user. It logs the user in
 * nowhere, because access to the mailbox is no second factor. It verifies the address.
 *
 * @param fields `token` and `password`
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time; the link stays valid then
 */
export async function resetPassword(
	services: ResetServices,
	fields: Fields,
	context: Context
): Promise<Reset> {
	const reset = await useLink(services, fields, context);
	if (!reset.ok && reset.reason !== 'invalid_fields') {
		const details = { purpose: 'reset_password', reason: reset.reason };
		await context.audit.record(services.db, 'link.refused', details);
	}
	return reset;
}

async function useLink(services: ResetServices, fields: Fields, context: Context): Promise<Reset> {
	const { db, hasher, config } = services;
	const { token } = fields;
	const findState = (id: string) => findAccount(db, { id });
	const shown = { purpose: 'reset_password', token, findState } as const;
	const checked = await checkOneTimeToken(db, shown, context.now);
	if (!checked.ok) return checked;
	const account = await findAccount(db, { id: checked.value.user_id });
	if (!account) return refuse('link_outdated');
	const parsed = parseNewPassword(config, fields, account);
	if (!parsed.ok) return parsed;
	const hashed_password = await hasher.hash(parsed.value.password, { signal: context.signal });
	return setPassword(services, { token, account, hashed_password }, context);
}

async function setPassword(
	{ db, outbox }: ResetServices,
	{ token, account, hashed_password }: { token: unknown; account: UsersTable; hashed_password: string },
	{ now, locale, audit }: Context
): Promise<Reset> {
	const { id: userId, email: to } = account;
	return transact(db, async (transaction) => {
		const findState = (id: string) => findAccount(transaction, { id });
		const shown = { purpose: 'reset_password', token, findState } as const;
		const spent = await spendOneTimeToken(transaction, shown, now);
		if (!spent.ok) return spent;
		const changes = { hashed_password, email_verified_at: account.email_verified_at ?? now.getTime() };
		if (!(await replacePassword(transaction, account, changes, now))) return refuse('link_outdated');
		await endSessions(transaction, { userId }, now);
		const email = { kind: 'password_changed', to, userId, locale, data: { how: 'reset' } } as const;
		await outbox.enqueue(transaction, email, now);
		await audit.record(transaction, 'password.reset', { user_id: userId });
		return accept({ userId });
	});
}
