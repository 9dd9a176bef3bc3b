import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** Every instance searches for due emails every few seconds. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'outbox_by_due_time', table: 'outbox', column: 'due_at' });
}
