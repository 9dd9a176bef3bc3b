import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('sessions')
		.ifNotExists()
		.addColumn('id', ascii(36), (column) => column.primaryKey().notNull())
		.addColumn('token_hash', ascii(64), (column) => column.notNull())
		.addColumn('user_id', ascii(36), (column) => column.notNull())
		.addColumn('created_at', time, (column) => column.notNull())
		.addColumn('last_seen_at', time, (column) => column.notNull())
		.addColumn('expires_at', time, (column) => column.notNull())
		.addUniqueConstraint('sessions_token_hash_unique', ['token_hash'])
		.addForeignKeyConstraint('sessions_user_id_fk', ['user_id'], 'users', ['id'], (key) =>
			key.onDelete('cascade')
		)
		.modifyEnd(tableOptions)
		.execute();
}
