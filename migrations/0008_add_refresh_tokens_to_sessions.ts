import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';
import { addColumnOnce } from '#lib/server/db/columns.ts';

/** Only sessions of programs have refresh tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, time } = columnTypes(db);
	const columns = [
		{ name: 'refresh_hash', type: ascii(64) },
		{ name: 'previous_refresh_hash', type: ascii(64) },
		{ name: 'refreshed_at', type: time }
	];
	for (const column of columns) await addColumnOnce(db, { table: 'sessions', ...column });
}
