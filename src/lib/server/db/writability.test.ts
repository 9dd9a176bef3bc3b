import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import { createLeaseTable } from './lease.ts';
import { Writability } from './writability.ts';

const secondMs = 1_000;
let writability: Writability;
let lines: { msg: string }[];
const database = useSqlite({ onError: (error) => writability.note(error) });

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['performance'] });
	lines = [];
	const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as { msg: string }) });
	writability = new Writability(log);
	await createLeaseTable(database.db);
});
afterEach(() => vi.useRealTimers());

const findFault = () => writability.findFault(database.db);
const set = (pragma: string) => sql.raw(`pragma ${pragma}`).execute(database.db);

test('a database that accepts writes has no fault, and is asked once in five seconds', async () => {
	expect(await findFault()).toBeUndefined();
	await set('query_only = on');
	expect(await findFault()).toBeUndefined();
	vi.advanceTimersByTime(5 * secondMs);
	expect(await findFault()).toMatchObject({ reason: 'database_unavailable' });
});

test('a read-only database is noticed with the first write that it refuses, and its end within a second', async () => {
	expect(await findFault()).toBeUndefined();
	await set('query_only = on');
	await expect(sql`delete from leases`.execute(database.db)).rejects.toThrow('readonly');
	expect(await findFault()).toMatchObject({ reason: 'database_unavailable' });
	await set('query_only = off');
	vi.advanceTimersByTime(secondMs);
	expect(await findFault()).toBeUndefined();
	expect(lines.map(({ msg }) => msg)).toEqual([
		'The database accepts no writes: /readyz answers 503',
		'The database accepts writes again'
	]);
});

test('a full disk counts for a while, although a small write still finds room', async () => {
	await sql`create table filling (content text)`.execute(database.db);
	await set('max_page_count = 1');
	const content = 'x'.repeat(100_000);
	await expect(sql`insert into filling values (${content})`.execute(database.db)).rejects.toThrow('full');
	await set('max_page_count = 1000000');
	expect(await findFault()).toMatchObject({ reason: 'database_unavailable' });
	vi.advanceTimersByTime(14 * secondMs);
	expect(await findFault()).toBeDefined();
	vi.advanceTimersByTime(secondMs);
	expect(await findFault()).toBeUndefined();
});
