import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import type { AccountServices, Caller } from './caller.ts';
import { confirmIdentity, type ConfirmReason, findCurrentPasswordFaults } from './confirm-identity.ts';
import { parseNewPassword } from './new-password.ts';
import { findAccount, replacePassword } from './store.ts';

/**
 * Sets another password: every other session of the user ends, access tokens issued before are refused, and a letter says
 * so. Throws an UnavailableError `overloaded` when there is no room for the hash in time.
 *
 * @param fields `password`, and `current_password` unless the log-in is recent
 */
export async function changePassword(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context = {}
): Promise<Outcome<undefined, ConfirmReason>> {
	const { now = new Date(), record = () => {}, signal, locale } = context;
	const parsed = parseNewPassword(services.config, fields, caller.user);
	const faults = findCurrentPasswordFaults(fields);
	if (!parsed.ok) return refuse('invalid_fields', [...faults, ...(parsed.errors ?? [])]);
	if (faults.length > 0) return refuse('invalid_fields', faults);
	const confirmed = await confirmIdentity(services, { caller, fields }, context);
	if (!confirmed.ok) return confirmed;
	const { id } = caller.user;
	const account = await findAccount(services.db, { id });
	// What was confirmed is no more, when the account has changed meanwhile.
	if (!account) return refuse('recent_login_required');
	const hashed_password = await services.hasher.hash(parsed.value.password, { signal });
	const changed = await transact(services.db, async (transaction) => {
		const isReplaced = await replacePassword(transaction, account, { hashed_password }, now);
		if (!isReplaced) return refuse('recent_login_required');
		await endSessions(transaction, { userId: id, exceptId: caller.sessionId }, now);
		const order = { kind: 'password_changed', to: account.email, userId: id, locale } as const;
		await services.outbox.order(transaction, { ...order, data: { how: 'changed' } }, now);
		return accept(undefined);
	});
	if (changed.ok) record('password.changed', { user_id: id });
	return changed;
}
