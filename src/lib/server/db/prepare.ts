import type { CompiledQuery } from 'kysely';
import type { Db } from './tables.ts';

/**
 * Prepares a query whose SQL is built once per database, because building it takes Kysely as long as SQLite takes to
 * answer. Meant for queries that every request sends.
 *
 * @param build builds the query, with any value in the place of each parameter
 * @returns a function that runs the query with the parameters in the order of their places
 */
export function prepareQuery<Row>(build: (db: Db) => { compile(): CompiledQuery<Row> }) {
	const written = new WeakMap<Db, CompiledQuery<Row>>();
	return async (db: Db, ...parameters: unknown[]): Promise<Row[]> => {
		let query = written.get(db);
		if (!query) written.set(db, (query = build(db).compile()));
		const { rows } = await db.executeQuery<Row>({ ...query, parameters });
		return rows;
	};
}
