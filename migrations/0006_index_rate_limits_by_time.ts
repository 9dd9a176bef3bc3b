import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** For the periodic deletion of full buckets. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'rate_limits_by_time', table: 'rate_limits', column: 'full_at' });
}
