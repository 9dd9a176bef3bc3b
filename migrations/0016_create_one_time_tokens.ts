import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

/** Links in emails: reset a password, verify an address, change it, undo the change. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, text, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('one_time_tokens')
		.ifNotExists()
		.addColumn('token_hash', ascii(64), (column) => column.primaryKey().notNull())
		.addColumn('purpose', ascii(32), (column) => column.notNull())
		.addColumn('user_id', ascii(36), (column) => column.notNull())
		.addColumn('email', text(254))
		.addColumn('bound_to', ascii(64), (column) => column.notNull())
		.addColumn('created_at', time, (column) => column.notNull())
		.addColumn('expires_at', time, (column) => column.notNull())
		.addColumn('used_at', time)
		.modifyEnd(tableOptions)
		.execute();
}
