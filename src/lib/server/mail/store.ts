import type { Db, OutboxTable } from '../db/tables.ts';

export async function insertOrder(db: Db, row: OutboxTable): Promise<void> {
	await db.insertInto('outbox').values(row).execute();
}

/** What waits for a user, or for whoever has the address. */
export function readOrdersOf(
	db: Db,
	{ userId, email }: { userId: string; email: string }
): Promise<OutboxTable[]> {
	return db
		.selectFrom('outbox')
		.selectAll()
		.where((where) => where.or([where('user_id', '=', userId), where('recipient', '=', email)]))
		.execute();
}

export async function deleteOrdersOf(db: Db, of: { userId: string; email: string }): Promise<void> {
	const ids = (await readOrdersOf(db, of)).map(({ id }) => id);
	if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).execute();
}
