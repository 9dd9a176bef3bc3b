import type { Db } from './tables.ts';

const maxBatchSize = 64;

interface Batch<Row> {
	ids: Set<string>;
	rows: Promise<Map<string, Row>>;
}

/**
 * Gathers all lookups by id of one turn of the event loop into one query. On a busy service, waking a connection for
 * each request would take longer than the query itself. The query is sent after the last lookup of the turn, so no
 * result is older than its request.
 *
 * @param find reads the rows with some ids, in any order; missing rows are left out. It gets 1, 2, 4 … ids, some of
 * them repeated, so that the number of different statements stays small
 */
export function gatherLookUps<Row extends { id: string }>(find: (db: Db, ids: string[]) => Promise<Row[]>) {
	const open = new WeakMap<Db, Batch<Row>>();

	function openBatch(db: Db): Batch<Row> {
		const ids = new Set<string>();
		const { promise: turnIsOver, resolve } = Promise.withResolvers<void>();
		setImmediate(resolve);
		const rows = turnIsOver.then(async () => {
			if (open.get(db)?.ids === ids) open.delete(db);
			const found = await find(db, fillUp([...ids]));
			return new Map(found.map((row) => [row.id, row]));
		});
		const batch = { ids, rows };
		open.set(db, batch);
		return batch;
	}

	return async (db: Db, id: string): Promise<Row | undefined> => {
		let batch = open.get(db);
		if (!batch || batch.ids.size === maxBatchSize) batch = openBatch(db);
		batch.ids.add(id);
		return (await batch.rows).get(id);
	};
}

/** Extends the list to the next power of two by repeating the last id. */
function fillUp(ids: string[]): string[] {
	const size = 2 ** Math.ceil(Math.log2(ids.length));
	return [...ids, ...Array<string>(size - ids.length).fill(ids.at(-1) ?? '')];
}
