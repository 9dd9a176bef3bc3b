import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';
import { addColumnOnce } from '#lib/server/db/columns.ts';

/** Of existing users it is unknown whether they were imported. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { time } = columnTypes(db);
	await addColumnOnce(db, { table: 'users', name: 'imported_at', type: time });
}
