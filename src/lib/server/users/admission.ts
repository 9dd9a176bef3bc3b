import { cancelDeletion } from '../account/delete-account.ts';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import type { Outbox } from '../mail/outbox.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { holdUser, type UserWithTimes } from './store.ts';

/** Somebody who has shown the right password, as they were then. */
export type Authenticated = UserWithTimes;

/**
 * Lets in who has shown the right password, in the transaction that starts the session: if it was changed while it was
 * being checked, it was not the right one any more. Who wanted to leave, and is here again, stays.
 *
 * @returns whether that was so; tell `recordReturn` when the transaction is over
 */
export async function admit(
	transaction: Db,
	{ outbox, user }: { outbox: Outbox; user: Authenticated },
	context: Context
): Promise<Outcome<{ isBack: boolean }, 'invalid_credentials'>> {
	const held = await holdUser(transaction, user);
	if (!held) return refuse('invalid_credentials');
	if (held.deletes_at === null) return accept({ isBack: false });
	return accept({ isBack: await cancelDeletion({ db: transaction, outbox }, user, context) });
}

/** Notes that somebody was let in, once that is final. */
export function recordLogIn(
	{ id: user_id }: Authenticated,
	{ isBack, via }: { isBack: boolean; via: 'session' | 'token' },
	{ record = () => {} }: Context
): void {
	if (isBack) record('account.deletion_cancelled', { user_id });
	record('login.succeeded', { user_id, via });
}
