import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** For the list, newest first, and for the periodic deletion. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, {
		name: 'ended_sessions_by_expiry',
		table: 'ended_sessions',
		column: 'expires_at'
	});
}
