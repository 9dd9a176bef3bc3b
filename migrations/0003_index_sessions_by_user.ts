import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** Deleting a user searches for the sessions to delete. Only MySQL has an index for that by default. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'sessions_by_user', table: 'sessions', column: 'user_id' });
}
