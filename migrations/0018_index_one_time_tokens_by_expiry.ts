import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** For the periodic deletion of old links. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, {
		name: 'one_time_tokens_by_expiry',
		table: 'one_time_tokens',
		column: 'expires_at'
	});
}
