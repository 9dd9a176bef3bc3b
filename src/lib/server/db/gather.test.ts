import { expect, test, vi } from 'vitest';
import { gatherLookUps } from './gather.ts';
import type { Db } from './tables.ts';

const db = {} as Db;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

/** Looks up in a table that has the numbers below 100. */
function startLookUps() {
	const find = vi.fn(async (_db: Db, ids: string[]) => {
		const known = [...new Set(ids)].filter((id) => Number(id) < 100);
		return known.reverse().map((id) => ({ id, name: `number ${id}` }));
	});
	return { find, lookUp: gatherLookUps(find) };
}

test('what is asked for in one turn is one query, and each gets its own row', async () => {
	const { find, lookUp } = startLookUps();
	const rows = await Promise.all(['7', '3', '200', '7', '5'].map((id) => lookUp(db, id)));
	expect(rows.map((row) => row?.name)).toEqual(['number 7', 'number 3', undefined, 'number 7', 'number 5']);
	expect(find.mock.calls.map(([, ids]) => ids)).toEqual([['7', '3', '200', '5']]);
});

test('a later turn asks again', async () => {
	const { find, lookUp } = startLookUps();
	await lookUp(db, '1');
	await lookUp(db, '1');
	expect(find).toHaveBeenCalledTimes(2);
});

test('statements are of few lengths, and none is too long', async () => {
	const { find, lookUp } = startLookUps();
	for (const count of [1, 2, 3, 5, 9, 33]) await Promise.all(numbers(count).map((id) => lookUp(db, id)));
	expect(find.mock.calls.map(([, ids]) => ids.length)).toEqual([1, 2, 4, 8, 16, 64]);
	find.mockClear();
	const rows = await Promise.all(numbers(100).map((id) => lookUp(db, id)));
	expect(rows.map((row) => row?.id)).toEqual(numbers(100));
	expect(find.mock.calls.map(([, ids]) => ids.length)).toEqual([64, 64]);
});

test('another database is another query', async () => {
	const { find, lookUp } = startLookUps();
	const transaction = {} as Db;
	await Promise.all([lookUp(db, '1'), lookUp(transaction, '1')]);
	expect(find.mock.calls.map(([asked]) => asked)).toEqual([db, transaction]);
});

test('all who asked learn that it failed, and the next try is a new one', async () => {
	const { find, lookUp } = startLookUps();
	find.mockRejectedValueOnce(new Error('away'));
	const outcomes = await Promise.allSettled([lookUp(db, '1'), lookUp(db, '2')]);
	expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await lookUp(db, '1')).toMatchObject({ name: 'number 1' });
});
