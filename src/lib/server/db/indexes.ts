import type { Kysely } from 'kysely';

/** Creates an index, unless an interrupted migration has already created it. MySQL has no IF NOT EXISTS for indexes. */
export async function createIndexOnce(
	db: Kysely<unknown>,
	index: { name: string; table: string; column: string }
): Promise<void> {
	try {
		await db.schema.createIndex(index.name).on(index.table).column(index.column).execute();
	} catch (error) {
		const isThereAlready = (error as { errno?: number }).errno === 1061; // ER_DUP_KEYNAME
		if (!isThereAlready) throw error;
	}
}
