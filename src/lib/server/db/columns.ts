import type { Kysely, RawBuilder } from 'kysely';

/**
 * Adds a nullable column, unless an interrupted migration has already added it. MySQL has no IF NOT EXISTS for columns.
 */
export async function addColumnOnce(
	db: Kysely<unknown>,
	{ table, name, type }: { table: string; name: string; type: RawBuilder<unknown> }
): Promise<void> {
	try {
		await db.schema.alterTable(table).addColumn(name, type).execute();
	} catch (error) {
		const isThereAlready = (error as { errno?: number }).errno === 1060; // ER_DUP_FIELDNAME
		if (!isThereAlready) throw error;
	}
}
