import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import type { Outbox } from '../email/outbox.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { lockUser, type UserWithTimes } from '../users/store.ts';
import { cancelDeletion } from './cancel-deletion.ts';

/** A user who has entered the right password. The fields are those at the time of the check. */
export type Authenticated = UserWithTimes;

/**
 * Completes a login in the transaction that starts the session. Refuses it if the password has changed since it was
 * checked. A login cancels a requested deletion of the account.
 *
 * @param login.via what the user gets: a browser `session` or a `token`
 */
export async function completeLogin(
	transaction: Db,
	{ outbox, user, via }: { outbox: Outbox; user: Authenticated; via: 'session' | 'token' },
	context: Context
): Promise<Outcome<undefined, 'invalid_credentials'>> {
	const locked = await lockUser(transaction, user);
	if (!locked) return refuse('invalid_credentials');
	if (locked.deletes_at !== null) await cancelDeletion(transaction, { outbox, user }, context);
	await context.audit.record(transaction, 'login.succeeded', { user_id: user.id, via });
	return accept(undefined);
}
