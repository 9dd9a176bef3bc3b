import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('rate_limits')
		.ifNotExists()
		.addColumn('bucket', ascii(32), (column) => column.primaryKey().notNull())
		.addColumn('full_at', time, (column) => column.notNull())
		.modifyEnd(tableOptions)
		.execute();
}
