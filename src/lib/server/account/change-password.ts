import type { Caller } from '../authentication/caller.ts';
import {
	confirmIdentity,
	type ConfirmReason,
	findCurrentPasswordErrors
} from '../authentication/confirm-identity.ts';
import { parseNewPassword } from '../authentication/new-password.ts';
import { setPassword } from '../authentication/set-password.ts';
import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, fieldErrorsOf, type Outcome, refuse } from '../outcome.ts';
import { findAccount } from '../users/store.ts';
import type { AccountServices } from './account-services.ts';

/**
 * Sets a new password. Every other session of the user ends, older access tokens become invalid, and the user gets an
 * email.
 *
 * @param fields `password`, and `current_password` unless the login is recent
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time
 */
export async function changePassword(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context
): Promise<Outcome<undefined, ConfirmReason>> {
	const { db, config, hasher, outbox } = services;
	const parsed = parseNewPassword(config, fields, caller.user);
	const errors = findCurrentPasswordErrors(fields);
	if (!parsed.ok) return refuse('invalid_fields', { errors: [...errors, ...fieldErrorsOf(parsed)] });
	if (errors.length > 0) return refuse('invalid_fields', { errors });
	const confirmed = await confirmIdentity(services, { caller, fields }, context);
	if (!confirmed.ok) return confirmed;
	const account = await findAccount(db, { id: caller.user.id });
	// The account has changed since the identity was confirmed.
	if (!account) return refuse('recent_login_required');
	const hashed_password = await hasher.hash(parsed.value.password, { signal: context.signal });
	const { sessionId: exceptId } = caller;
	return transact(db, async (transaction) => {
		const password = { outbox, account, changes: { hashed_password }, how: 'changed', exceptId } as const;
		const isSet = await setPassword(transaction, password, context);
		return isSet ? accept(undefined) : refuse('recent_login_required');
	});
}
