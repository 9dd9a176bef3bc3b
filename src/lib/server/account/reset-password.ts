import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { checkOneTimeToken, type LinkReason, spendOneTimeToken } from '../one-time-tokens/one-time-token.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import type { AccountServices } from './caller.ts';
import { parseNewPassword } from './new-password.ts';
import { findAccount, replacePassword } from './store.ts';

export type ResetReason = LinkReason | 'invalid_fields';

/**
 * Uses the link of the letter: the user has another password, every session ends, and a letter says so. It logs nobody in:
 * to have read a letter is no second factor. The address is verified by it. Throws an UnavailableError `overloaded` when
 * there is no room for the hash in time; the link is then still good.
 *
 * @param fields `token` and `password`
 */
export async function resetPassword(
	services: Omit<AccountServices, 'limiter'>,
	fields: Fields,
	context: Context = {}
): Promise<Outcome<{ userId: string }, ResetReason>> {
	const { now = new Date(), record = () => {}, signal, locale } = context;
	const { token } = fields;
	const shown = { purpose: 'reset_password', token } as const;

	async function reset(): Promise<Outcome<{ userId: string }, ResetReason>> {
		const { db, hasher, outbox, config } = services;
		const findState = (id: string) => findAccount(db, { id });
		const checked = await checkOneTimeToken(db, { ...shown, findState }, now);
		if (!checked.ok) return checked;
		const account = await findAccount(db, { id: checked.value.user_id });
		if (!account) return refuse('link_outdated');
		const parsed = parseNewPassword(config, fields, account);
		if (!parsed.ok) return parsed;
		const hashed_password = await hasher.hash(parsed.value.password, { signal });
		return transact(db, async (transaction) => {
			const stillTheSame = (id: string) => findAccount(transaction, { id });
			const spent = await spendOneTimeToken(transaction, { ...shown, findState: stillTheSame }, now);
			if (!spent.ok) return spent;
			const email_verified_at = account.email_verified_at ?? now.getTime();
			const changes = { hashed_password, email_verified_at };
			if (!(await replacePassword(transaction, account, changes, now))) return refuse('link_outdated');
			await endSessions(transaction, { userId: account.id }, now);
			const order = { kind: 'password_changed', to: account.email, userId: account.id, locale } as const;
			await outbox.order(transaction, { ...order, data: { how: 'reset' } }, now);
			return accept({ userId: account.id });
		});
	}

	const done = await reset();
	if (done.ok) record('password.reset', { user_id: done.value.userId });
	else if (done.reason !== 'invalid_fields') {
		record('link.refused', { purpose: shown.purpose, reason: done.reason });
	}
	return done;
}
