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

test('the pool runs a limited number of acts concurrently and the others in order of arrival', async () => {
	const { began, ends, run } = startPool({ concurrency: 2, queueMs: 1000 });
	for (const name of ['a', 'b', 'c', 'd', 'e']) void run(name);
	expect(began).toEqual(['a', 'b']);
	await pass(100);
	expect(began).toEqual(['a', 'b', 'c', 'd']);
	await pass(200);
	expect(ends).toEqual({ a: 'done', b: 'done', c: 'done', d: 'done', e: 'done' });
});

test('a new act does not overtake a waiting one', async () => {
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
	const waiting = pool.run(() => Promise.resolve('done'));
	await expect(failing).rejects.toThrow('bad');
	expect(await waiting).toBe('done');
});

describe('a full queue', () => {
	test('refuses immediately, judged by the duration of earlier acts', async () => {
		const { pool, began, ends, run } = startPool({ concurrency: 2, queueMs: 1050 });
		for (let measured = 0; measured < 60; measured++) {
			void run('measured', 200);
			await pass(200);
		}
		began.length = 0;
		// Two run and ten wait: the last turn comes at 1000 ms, a further one would come at 1100 ms.
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

	test('adapts to acts that become slower', async () => {
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

describe('preferred acts', () => {
	const request = { isPreferred: true };

	test('get every other turn, and the remaining acts get the rest', async () => {
		const { began, run } = startPool({ concurrency: 1, queueMs: 10_000 });
		void run('running');
		for (const name of ['a', 'b', 'c']) void run(name);
		for (const name of ['A', 'B']) void run(name, 100, request);
		await pass(600);
		expect(began).toEqual(['running', 'A', 'a', 'B', 'b', 'c']);
	});

	test('have room when the queue is full for others', async () => {
		const { pool, ends, run } = startPool({ concurrency: 1, queueMs: 500 });
		for (let number = 0; number < 20; number++) void run(`${number}`, 50);
		expect(() => pool.requireRoom()).toThrow(UnavailableError);
		expect(() => pool.requireRoom(request)).not.toThrow();
		void run('known', 50, request);
		await pass(100);
		expect(ends.known).toBe('done');
	});
});

test('an act that reaches its deadline is refused and never runs', async () => {
	const { began, ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
	void run('endless', 5000);
	void run('waiting');
	await pass(999);
	expect(ends.waiting).toBeUndefined();
	await pass(1);
	expect(ends.waiting).toBe('no turn in time');
	await pass(5000);
	expect(began).toEqual(['endless']);
	void run('next');
	await pass(100);
	expect(ends.next).toBe('done');
});

test('an act does not run after its deadline, even if the timers are late', async () => {
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

describe('a caller that disconnects', () => {
	test('leaves the queue without running its act, and makes room for others', async () => {
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

	test('before it queues does not run its act', async () => {
		const { began, ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
		await run('gone', 100, { signal: AbortSignal.abort() });
		expect(began).toEqual([]);
		expect(ends.gone).toBe('the client has disconnected');
	});

	test('while its act runs does not stop it', async () => {
		const { ends, run } = startPool({ concurrency: 1, queueMs: 1000 });
		const gone = new AbortController();
		void run('running', 100, { signal: gone.signal });
		gone.abort();
		await pass(100);
		expect(ends.running).toBe('done');
	});
});
