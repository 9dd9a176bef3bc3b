import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

/** Sessions that ended before they expired, while their access tokens may still be in use. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('ended_sessions')
		.ifNotExists()
		.addColumn('sid', ascii(36), (column) => column.primaryKey().notNull())
		.addColumn('ended_at', time, (column) => column.notNull())
		.addColumn('expires_at', time, (column) => column.notNull())
		.modifyEnd(tableOptions)
		.execute();
}
