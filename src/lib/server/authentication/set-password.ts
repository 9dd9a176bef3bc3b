import type { Context } from '../context.ts';
import type { Db, UsersTable } from '../db/tables.ts';
import type { Outbox } from '../email/outbox.ts';
import { endSessions } from '../sessions/own-sessions.ts';
import { replacePassword } from '../users/store-changes.ts';

interface NewPassword {
	/** The account as it was when the password was checked and hashed. */
	account: UsersTable;
	changes: Parameters<typeof replacePassword>[2];
	how: 'changed' | 'reset';
	/** The session that continues; without it, every session ends. */
	exceptId?: string | undefined;
}

/**
 * Sets a new password in the transaction of the act. Sessions end, older access tokens become invalid, and the user
 * gets an email.
 *
 * @returns false if the password or the address has changed since the account was read
 */
export async function setPassword(
	transaction: Db,
	{ outbox, account, changes, how, exceptId }: NewPassword & { outbox: Outbox },
	{ now, locale, audit }: Pick<Context, 'now' | 'locale' | 'audit'>
): Promise<boolean> {
	const { id: userId, email: to } = account;
	if (!(await replacePassword(transaction, account, changes, now))) return false;
	await endSessions(transaction, { userId, exceptId }, now);
	await outbox.enqueue(transaction, { kind: 'password_changed', to, userId, locale, data: { how } }, now);
	await audit.record(transaction, how === 'reset' ? 'password.reset' : 'password.changed', {
		user_id: userId
	});
	return true;
}
