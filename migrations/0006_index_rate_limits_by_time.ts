import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** Buckets that are full again are deleted from time to time. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'rate_limits_by_time', table: 'rate_limits', column: 'full_at' });
}
