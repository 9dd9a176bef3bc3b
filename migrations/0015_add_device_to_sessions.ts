import type { Kysely } from 'kysely';
import { columnTypes } from '#lib/server/db/column-types.ts';
import { addColumnOnce } from '#lib/server/db/columns.ts';

/** How users recognise a session, and when the password was last entered in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { ascii, text, time } = columnTypes(db);
	const columns = [
		{ name: 'user_agent', type: text(255) },
		{ name: 'address_prefix', type: ascii(64) },
		{ name: 'authenticated_at', type: time }
	];
	for (const column of columns) await addColumnOnce(db, { table: 'sessions', ...column });
}
