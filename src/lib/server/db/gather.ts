import type { Db } from './tables.ts';

const maxAtOnce = 64;

interface Batch<Row> {
	ids: Set<string>;
	rows: Promise<Map<string, Row>>;
}

/**
 * Looks rows up by id, all that are asked for in one turn of the event loop with one query: on a busy service, waking a
 * connection for each request costs more than the answer. The query is sent after all of them have asked, so none gets
 * what was true before.
 *
 * @param find the rows of some ids, in any order, without those that are not there. It gets 1, 2, 4 … ids, some of them
 * twice, so that the number of different statements stays small
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
		if (!batch || batch.ids.size === maxAtOnce) batch = openBatch(db);
		batch.ids.add(id);
		return (await batch.rows).get(id);
	};
}

/** To the next power of two, with the last one again and again. */
function fillUp(ids: string[]): string[] {
	const size = 2 ** Math.ceil(Math.log2(ids.length));
	return [...ids, ...Array<string>(size - ids.length).fill(ids.at(-1) ?? '')];
}
