import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

/** Queued emails: their kind and recipient, never a link. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, text, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('outbox')
		.ifNotExists()
		.addColumn('id', ascii(36), (column) => column.primaryKey().notNull())
		.addColumn('kind', ascii(32), (column) => column.notNull())
		.addColumn('recipient', text(254), (column) => column.notNull())
		.addColumn('user_id', ascii(36))
		.addColumn('data', text(1024), (column) => column.notNull())
		.addColumn('locale', ascii(8), (column) => column.notNull())
		.addColumn('attempts', time, (column) => column.notNull())
		.addColumn('due_at', time, (column) => column.notNull())
		.addColumn('created_at', time, (column) => column.notNull())
		.modifyEnd(tableOptions)
		.execute();
}
