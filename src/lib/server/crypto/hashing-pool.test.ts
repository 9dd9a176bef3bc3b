import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UnavailableError } from '../outcome.ts';
import { type HashRequest, createHashingPool } from './hashing-pool.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const settle = () => new Promise((resolve) => setImmediate(resolve));
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A pool whose acts take as long as they say, and what became of each. */
function startPool(limits: { concurrency: number; queueMs: number; memoryKib?: number }) {
	const pool = createHashingPool({ memoryKib: 100, ...limits });
	const began: string[] = [];
	const ends: Record<string, string> = {};
	const run = (name: string, ms = 100, request?: HashRequest) =>
		pool
			.run(async () => {
				began.push(name);
				await new Promise((resolve) => setTimeout(resolve, ms));
			}, request)
			.then(
				() => void (ends[name] = 'done'),
				(error: unknown) => {
					ends[name] = error instanceof UnavailableError ? error.message : String(error);
					return error;
				}
			);
	return { pool, began, ends, run };
}

test('at most so many acts run at once, the others in the order they came', async () => {
	const { began, ends, run } = startPool({ concurrency: 2, queueMs: 1000 });
	for (const name of ['a', 'b', 'c', 'd', 'e']) void run(name);
	expect(began).toEqual(['a', 'b']);
	await pass(100);
	expect(began).toEqual(['a', 'b', 'c', 'd']);
	await pass(200);
	expect(ends).toEqual({ a: 'done', b: 'done', c: 'done', d: 'done', e: 'done' });
});

test('a newcomer does not slip in before one that waits', async () => {
	const { began, run } = startPool({ concurrency: 1, queueMs: 1000 });
	const first = run('first');
	void run('second');
	const third = first.then(() => run('third'));
	await pass(300);
	await third;
	expect(began).toEqual(['first', 'second', 'third']);
});

test('an act that fails gives its place back and its error to its caller only', async () => {
	const pool = createHashingPool({ concurrency: 1, memoryKib: 100, queueMs: 1000 });
	const failing = pool.run(() => Promise.reject(new Error('bad')));
	const waiting = pool.run(() => Promise.resolve('good'));
	await expect(failing).rejects.toThrow('bad');
	expect(await waiting).toBe('good');
});

describe('a queue that is too long', () => {
	test('refuses at once by the time that acts have taken', async () => {
		const { pool, began, ends, run } = startPool({ concurrency: 2, queueMs: 1050 });
		for (let measured = 0; measured < 60; measured++) {
			void run('measured', 200);
			await pass(200);
		}
		began.length = 0;
		// Two run, ten wait: the last turn comes at 1000 ms, the next would at 1100.
		for (let number = 1; number <= 11; number++) void run(`${number}`, 200);
		expect(() => pool.requireRoom()).not.toThrow();
		void run('12', 200);
		await settle();
		expect(ends).toEqual({ measured: 'done' });
		expect(() => pool.requireRoom()).toThrow(UnavailableError);
		const refused = await run('late', 200);
		expect(refused).toMatchObject({ reason: 'overloaded', retryAfterSeconds: 2 });
		await pass(2000);
		expect(began).toHaveLength(12);
		expect(ends['12']).toBe('done');
		expect(() => pool.requireRoom()).not.toThrow();
	});

	test('follows acts that have become slower', async () => {
		const { ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
		for (let measured = 0; measured < 30; measured++) {
			void run('measured', 900);
			await pass(900);
		}
		void run('first', 900);
		void run('second', 900);
		void run('third', 900);
		await settle();
		expect(ends.third).toMatch(/already wait/);
		expect(ends.second).toBeUndefined();
	});
});

describe('the preferred', () => {
	const request = { isPreferred: true };

	test('have every other turn, and the others are not forgotten', async () => {
		const { began, run } = startPool({ concurrency: 1, queueMs: 10_000 });
		void run('running');
		for (const name of ['a', 'b', 'c']) void run(name);
		for (const name of ['A', 'B']) void run(name, 100, request);
		await pass(600);
		expect(began).toEqual(['running', 'A', 'a', 'B', 'b', 'c']);
	});

	test('have room where the queue is too long for others', async () => {
		const { pool, ends, run } = startPool({ concurrency: 1, queueMs: 500 });
		for (let number = 0; number < 20; number++) void run(`${number}`, 50);
		expect(() => pool.requireRoom()).toThrow(UnavailableError);
		expect(() => pool.requireRoom(request)).not.toThrow();
		void run('known', 50, request);
		await pass(100);
		expect(ends.known).toBe('done');
	});
});

test('who waits past the deadline is refused then, and never runs', async () => {
	const { began, ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
	void run('endless', 5000);
	void run('patient');
	await pass(999);
	expect(ends.patient).toBeUndefined();
	await pass(1);
	expect(ends.patient).toBe('no turn in time');
	await pass(5000);
	expect(began).toEqual(['endless']);
	void run('next');
	await pass(100);
	expect(ends.next).toBe('done');
});

test('a turn that comes too late is no turn, even when the timers are behind', async () => {
	let time = 0;
	const pool = createHashingPool({ concurrency: 1, memoryKib: 100, queueMs: 1000 }, () => time);
	const { promise, resolve } = Promise.withResolvers<void>();
	const first = pool.run(() => promise);
	const late = pool.run(() => Promise.resolve('late'));
	time = 1001;
	resolve();
	await first;
	await expect(late).rejects.toMatchObject({ reason: 'overloaded' });
	expect(await pool.run(() => Promise.resolve('next'))).toBe('next');
});

describe('a caller that goes away', () => {
	test('leaves the queue without its act, and makes room for others', async () => {
		const { began, ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
		const gone = new AbortController();
		void run('first');
		void run('gone', 100, { signal: gone.signal });
		void run('second');
		gone.abort();
		await pass(200);
		expect(began).toEqual(['first', 'second']);
		expect(ends).toEqual({ first: 'done', gone: 'the client has disconnected', second: 'done' });
	});

	test('before it has come is not let in', async () => {
		const { began, ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
		await run('gone', 100, { signal: AbortSignal.abort() });
		expect(began).toEqual([]);
		expect(ends.gone).toBe('the client has disconnected');
	});

	test('while its act runs changes nothing', async () => {
		const { ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
		const gone = new AbortController();
		void run('running', 100, { signal: gone.signal });
		gone.abort();
		await pass(100);
		expect(ends.running).toBe('done');
	});
});
