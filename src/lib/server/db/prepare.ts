import type { CompiledQuery } from 'kysely';
import type { Db } from './tables.ts';

/**
 * A query whose text is written once for each database: Kysely takes as long for that as SQLite for the answer. For
 * those that a request asks for again and again.
 *
 * @param build the query with anything in the place of each parameter
 * @returns what runs it with the parameters, in the order in which they stand in it
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
