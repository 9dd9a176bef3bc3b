import type { Kysely } from 'kysely';
import { createIndexOnce } from '#lib/server/db/indexes.ts';

/** For the periodic deletion of expired sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createIndexOnce(db, { name: 'sessions_by_expiry', table: 'sessions', column: 'expires_at' });
}
