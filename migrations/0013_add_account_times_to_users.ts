import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';
import { addColumnOnce } from '#lib/server/db/columns.ts';

/** Existing users have no verified address, no revoked tokens and no requested deletion. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { time } = columnTypes(db);
	for (const name of ['email_verified_at', 'tokens_valid_from', 'deletes_at']) {
		await addColumnOnce(db, { table: 'users', name, type: time });
	}
}
