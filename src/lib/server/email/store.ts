import { sql } from 'kysely';
import type { Db } from '../db/tables.ts';
import type { QueuedEmail } from './queued-email.ts';

export async function insertEmail(db: Db, row: QueuedEmail): Promise<void> {
	await db.insertInto('outbox').values(row).execute();
}

/** The queued emails of a user, or to an address. */
export function readEmailsOf(
	db: Db,
	{ userId, email }: { userId: string; email: string }
): Promise<QueuedEmail[]> {
	return db
		.selectFrom('outbox')
		.selectAll()
		.where((where) => where.or([where('user_id', '=', userId), where('recipient', '=', email)]))
		.execute();
}

export async function deleteEmailsOf(db: Db, of: { userId: string; email: string }): Promise<void> {
	const ids = (await readEmailsOf(db, of)).map(({ id }) => id);
	if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).execute();
}

/** Deletes the queued emails whose links undo changes after a given time. */
export async function deleteUndoEmails(
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

/** The number of due emails that one query reads. Other instances may lease some of them first. */
const lookAhead = 8;

/**
 * Leases the email that has been due the longest. One conditional statement decides, so that instances can share the
 * work. The email becomes due again when the lease expires.
 */
export async function leaseDueEmail(
	db: Db,
	{ now, leaseMs }: { now: number; leaseMs: number }
): Promise<QueuedEmail | undefined> {
	const due = await db
		.selectFrom('outbox')
		.selectAll()
		.where('due_at', '<=', now)
		.orderBy('due_at')
		.limit(sql.lit(lookAhead))
		.execute();
	for (const email of due) {
		const attempts = email.attempts + 1;
		const { numUpdatedRows } = await db
			.updateTable('outbox')
			.set({ due_at: now + leaseMs, attempts })
			.where('id', '=', email.id)
			.where('due_at', '=', email.due_at)
			.where('attempts', '=', email.attempts)
			.executeTakeFirst();
		if (numUpdatedRows > 0n) return { ...email, attempts };
	}
	return due.length === lookAhead ? leaseDueEmail(db, { now, leaseMs }) : undefined;
}

export async function postponeEmail(db: Db, id: string, dueAt: number): Promise<void> {
	await db.updateTable('outbox').set({ due_at: dueAt }).where('id', '=', id).execute();
}

/** @returns false when another instance has deleted it */
export async function deleteEmail(db: Db, id: string): Promise<boolean> {
	const { numDeletedRows } = await db.deleteFrom('outbox').where('id', '=', id).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** The emails that are too old to be sent. */
export function readOldEmails(
	db: Db,
	createdBefore: number
): Promise<Pick<QueuedEmail, 'id' | 'kind' | 'user_id'>[]> {
	return db
		.selectFrom('outbox')
		.select(['id', 'kind', 'user_id'])
		.where('created_at', '<', createdBefore)
		.execute();
}

/** The newest first. */
export function readNewestEmails(db: Db, limit: number): Promise<QueuedEmail[]> {
	return db.selectFrom('outbox').selectAll().orderBy('id', 'desc').limit(sql.lit(limit)).execute();
}
