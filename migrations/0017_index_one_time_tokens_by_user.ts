import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** For the deletion of a user. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, {
		name: 'one_time_tokens_by_user',
		table: 'one_time_tokens',
		column: 'user_id'
	});
}
