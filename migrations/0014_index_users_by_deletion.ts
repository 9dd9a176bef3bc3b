import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** The few that are to be deleted are looked for every few minutes, among all. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'users_by_deletion', table: 'users', column: 'deletes_at' });
}
