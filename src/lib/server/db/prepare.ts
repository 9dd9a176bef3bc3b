import type { CompiledQuery } from 'kysely';
import type { Db } from './tables.ts';

/**
 * A query whose SQL is built once per database, because building it takes Kysely as long as SQLite takes to answer.
 * For queries of every request.
 *
 * @param build the query with any value in the place of each parameter
 * @returns a function that runs it with the parameters in the order of their places
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
