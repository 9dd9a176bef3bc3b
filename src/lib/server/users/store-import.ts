import type { Db, UsersTable } from '../db/tables.ts';

/** The user to whom an address belongs, as far as an import needs to know. */
export type EmailHolder = Pick<
	UsersTable,
	'id' | 'email' | 'hashed_password' | 'email_verified_at' | 'imported_at'
>;

/** The users with some of these addresses, by address. */
export async function findEmailHolders(db: Db, emails: string[]): Promise<Map<string, EmailHolder>> {
	const rows = await db
		.selectFrom('users')
		.select(['id', 'email', 'hashed_password', 'email_verified_at', 'imported_at'])
		.where('email', 'in', emails)
		.execute();
	return new Map(rows.map((row) => [row.email, row]));
}

/** @returns false when the address was verified, or the user is gone */
export async function deleteUnverifiedUser(db: Db, id: string): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('users')
		.where('id', '=', id)
		.where('email_verified_at', 'is', null)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
