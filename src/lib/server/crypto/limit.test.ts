import { expect, test } from 'vitest';
import { createLimit } from './limit.ts';

/** An act that runs until it is told how to end. */
function act(log: string[], name: string) {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	return {
		run: () => {
			log.push(name);
			return promise;
		},
		succeed: () => resolve(name),
		fail: () => reject(new Error(name))
	};
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('at most so many acts run at once, the others in the order they came', async () => {
	const limit = createLimit(2);
	const log: string[] = [];
	const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => act(log, name)) as [
		ReturnType<typeof act>,
		ReturnType<typeof act>,
		ReturnType<typeof act>,
		ReturnType<typeof act>
	];
	const results = [a, b, c, d].map(({ run }) => limit(run));
	await settle();
	expect(log).toEqual(['a', 'b']);
	b.succeed();
	await settle();
	expect(log).toEqual(['a', 'b', 'c']);
	for (const one of [a, c, d]) one.succeed();
	expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
});

test('an act that fails gives its place back and its error to its caller only', async () => {
	const limit = createLimit(1);
	const log: string[] = [];
	const [bad, good] = [act(log, 'bad'), act(log, 'good')];
	const failing = limit(bad.run);
	const waiting = limit(good.run);
	bad.fail();
	good.succeed();
	await expect(failing).rejects.toThrow('bad');
	expect(await waiting).toBe('good');
});

test('a newcomer does not slip in before one that waits', async () => {
	const limit = createLimit(1);
	const order: string[] = [];
	const run = (name: string) => limit(async () => void order.push(name));
	const first = run('first');
	const second = run('second');
	await first;
	await Promise.all([run('third'), second]);
	expect(order).toEqual(['first', 'second', 'third']);
});

test('a place that was passed on is still taken', async () => {
	const limit = createLimit(1);
	const log: string[] = [];
	const [first, second, third] = [act(log, 'first'), act(log, 'second'), act(log, 'third')];
	const results = [limit(first.run), limit(second.run)];
	first.succeed();
	await settle();
	results.push(limit(third.run));
	await settle();
	expect(log).toEqual(['first', 'second']);
	second.succeed();
	third.succeed();
	expect(await Promise.all(results)).toEqual(['first', 'second', 'third']);
});
