import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, text, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('users')
		// MySQL commits the table before the migration is recorded: a crash in between must not stop the next start.
		.ifNotExists()
		.addColumn('id', ascii(36), (column) => column.primaryKey().notNull())
		.addColumn('email', text(254), (column) => column.notNull())
		.addColumn('hashed_password', text(255), (column) => column.notNull())
		.addColumn('first_name', text(100), (column) => column.notNull())
		.addColumn('last_name', text(100), (column) => column.notNull())
		.addColumn('role', ascii(16), (column) => column.notNull())
		.addColumn('created_at', time, (column) => column.notNull())
		.addColumn('updated_at', time, (column) => column.notNull())
		.addUniqueConstraint('users_email_unique', ['email'])
		.modifyEnd(tableOptions)
		.execute();
}
