import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** Every instance looks every few seconds for those that are due. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'outbox_by_due_time', table: 'outbox', column: 'due_at' });
}
