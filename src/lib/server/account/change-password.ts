import type { Caller } from '../authentication/caller.ts';
import {
	confirmIdentity,
	type ConfirmReason,
	findCurrentPasswordErrors
} from '../authentication/confirm-identity.ts';
import { parseNewPassword } from '../authentication/new-password.ts';
import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { UsersTable } from '../db/tables.ts';
import type { Fields } from '../fields.ts';
import { accept, fieldErrorsOf, type Outcome, refuse } from '../outcome.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { findAccount } from '../users/store.ts';
import { replacePassword } from '../users/store-changes.ts';
import type { AccountServices } from './account-services.ts';

/**
 * Sets a new password. Every other session of the user ends, access tokens issued before are refused, and an email tells
 * the user.
 *
 * @param fields `password`, and `current_password` unless the login is recent
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time
 */
export async function changePassword(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context
): Promise<Outcome<undefined, ConfirmReason>> {
	const { db, config, hasher } = services;
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
	return setPassword(services, { account, hashed_password, exceptId: caller.sessionId }, context);
}

async function setPassword(
	{ db, outbox }: AccountServices,
	{
		account,
		hashed_password,
		exceptId
	}: { account: UsersTable; hashed_password: string; exceptId: string | undefined },
	{ now, locale, audit }: Context
): Promise<Outcome<undefined, 'recent_login_required'>> {
	const { id: userId, email: to } = account;
	return transact(db, async (transaction) => {
		const isReplaced = await replacePassword(transaction, account, { hashed_password }, now);
		if (!isReplaced) return refuse('recent_login_required');
		await endSessions(transaction, { userId, exceptId }, now);
		const email = { kind: 'password_changed', to, userId, locale, data: { how: 'changed' } } as const;
		await outbox.enqueue(transaction, email, now);
		await audit.record(transaction, 'password.changed', { user_id: userId });
		return accept(undefined);
	});
}
