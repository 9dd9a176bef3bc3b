import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, text, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('signing_keys')
		.ifNotExists()
		.addColumn('kid', ascii(43), (column) => column.primaryKey().notNull())
		.addColumn('generation', 'integer', (column) => column.notNull())
		.addColumn('algorithm', ascii(16), (column) => column.notNull())
		.addColumn('private_key', text(4096), (column) => column.notNull())
		.addColumn('sealed_with', ascii(16), (column) => column.notNull())
		.addColumn('created_at', time, (column) => column.notNull())
		.addColumn('activates_at', time, (column) => column.notNull())
		.addUniqueConstraint('signing_keys_generation_unique', ['generation'])
		.modifyEnd(tableOptions)
		.execute();
}
