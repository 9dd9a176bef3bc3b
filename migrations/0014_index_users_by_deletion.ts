import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** Every few minutes, the few due deletions are searched among all users. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'users_by_deletion', table: 'users', column: 'deletes_at' });
}
