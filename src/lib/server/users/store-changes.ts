import { isUniqueViolation } from '../db/errors.ts';
import type { Db, UsersTable } from '../db/tables.ts';

export async function updateNames(
	db: Db,
	id: string,
	names: Partial<Pick<UsersTable, 'first_name' | 'last_name'>>,
	now: Date
): Promise<void> {
	await db
		.updateTable('users')
		.set({ ...names, updated_at: now.getTime() })
		.where('id', '=', id)
		.execute();
}

/**
 * Sets a new password. Access tokens issued before are refused.
 *
 * @returns false when the password or the address has changed since it was read
 */
export async function replacePassword(
	db: Db,
	{ id, email, hashed_password }: Pick<UsersTable, 'id' | 'email' | 'hashed_password'>,
	changes: Partial<Pick<UsersTable, 'email_verified_at'>> & { hashed_password: string },
	now: Date
): Promise<boolean> {
	const at = now.getTime();
	const { numUpdatedRows } = await db
		.updateTable('users')
		.set({ ...changes, tokens_valid_from: at, updated_at: at })
		.where('id', '=', id)
		.where('email', '=', email)
		.where('hashed_password', '=', hashed_password)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/**
 * Sets a new address that has been verified. Access tokens issued before are refused, because they name the previous
 * address.
 *
 * @returns why it was not replaced: another user has the address, or the account has changed since it was read
 */
export async function replaceEmail(
	db: Db,
	{ id, from, to }: { id: string; from: string; to: string },
	now: Date
): Promise<'replaced' | 'taken' | 'outdated'> {
	const at = now.getTime();
	try {
		const { numUpdatedRows } = await db
			.updateTable('users')
			.set({ email: to, email_verified_at: at, tokens_valid_from: at, updated_at: at })
			.where('id', '=', id)
			.where('email', '=', from)
			.executeTakeFirst();
		return numUpdatedRows > 0n ? 'replaced' : 'outdated';
	} catch (error) {
		if (isUniqueViolation(error)) return 'taken';
		throw error;
	}
}

/** @returns false when the address is already verified, or has changed */
export async function markVerified(
	db: Db,
	{ id, email }: Pick<UsersTable, 'id' | 'email'>,
	now: Date
): Promise<boolean> {
	const at = now.getTime();
	const { numUpdatedRows } = await db
		.updateTable('users')
		.set({ email_verified_at: at, updated_at: at })
		.where('id', '=', id)
		.where('email', '=', email)
		.where('email_verified_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** @returns false when a deletion is already scheduled */
export async function scheduleDeletion(db: Db, id: string, deletesAt: number, now: Date): Promise<boolean> {
	const at = now.getTime();
	const { numUpdatedRows } = await db
		.updateTable('users')
		.set({ deletes_at: deletesAt, tokens_valid_from: at, updated_at: at })
		.where('id', '=', id)
		.where('deletes_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** @returns false when no deletion was scheduled */
export async function unscheduleDeletion(db: Db, id: string, now: Date): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('users')
		.set({ deletes_at: null, updated_at: now.getTime() })
		.where('id', '=', id)
		.where('deletes_at', 'is not', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

export function readDueDeletions(
	db: Db,
	{ now, limit }: { now: number; limit: number }
): Promise<Pick<UsersTable, 'id' | 'email'>[]> {
	return db.selectFrom('users').select(['id', 'email']).where('deletes_at', '<=', now).limit(limit).execute();
}

/** @returns false when the deletion was cancelled, or another instance was first */
export async function deleteDueUser(db: Db, id: string, now: number): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('users')
		.where('id', '=', id)
		.where('deletes_at', '<=', now)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
