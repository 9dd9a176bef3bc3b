import { sql } from 'kysely';
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

/** Deletes the letters that wait with links to undo changes later than some time. */
export async function deleteUndoOrders(
	db: Db,
	{ userId, after }: { userId: string; after: number }
): Promise<void> {
	await db
		.deleteFrom('outbox')
		.where('user_id', '=', userId)
		.where('kind', '=', 'email_changed')
		.where('created_at', '>', after)
		.execute();
}

/** How many are looked at before others have taken them all. */
const lookAhead = 8;

/**
 * Takes the letter that is due the longest: one statement decides, so that instances can share the work. It is due again
 * when the hold has lapsed.
 */
export async function takeDueOrder(
	db: Db,
	{ now, holdMs }: { now: number; holdMs: number }
): Promise<OutboxTable | undefined> {
	const due = await db
		.selectFrom('outbox')
		.selectAll()
		.where('due_at', '<=', now)
		.orderBy('due_at')
		.limit(sql.lit(lookAhead))
		.execute();
	for (const order of due) {
		const attempts = order.attempts + 1;
		const { numUpdatedRows } = await db
			.updateTable('outbox')
			.set({ due_at: now + holdMs, attempts })
			.where('id', '=', order.id)
			.where('due_at', '=', order.due_at)
			.where('attempts', '=', order.attempts)
			.executeTakeFirst();
		if (numUpdatedRows > 0n) return { ...order, attempts };
	}
	return due.length === lookAhead ? takeDueOrder(db, { now, holdMs }) : undefined;
}

export async function postponeOrder(db: Db, id: string, dueAt: number): Promise<void> {
	await db.updateTable('outbox').set({ due_at: dueAt }).where('id', '=', id).execute();
}

/** @returns false when somebody else was faster */
export async function deleteOrder(db: Db, id: string): Promise<boolean> {
	const { numDeletedRows } = await db.deleteFrom('outbox').where('id', '=', id).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Those that nobody will send any more. */
export function readOldOrders(
	db: Db,
	createdBefore: number
): Promise<Pick<OutboxTable, 'id' | 'kind' | 'user_id'>[]> {
	return db
		.selectFrom('outbox')
		.select(['id', 'kind', 'user_id'])
		.where('created_at', '<', createdBefore)
		.execute();
}

/** The newest first. */
export function readNewestOrders(db: Db, limit: number): Promise<OutboxTable[]> {
	return db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(sql.lit(limit)).execute();
}
