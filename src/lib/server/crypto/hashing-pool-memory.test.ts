import { expect, test } from 'vitest';
import { createHashingPool, type HashRequest } from './hashing-pool.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A pool of 100 KiB whose acts run until they are ended. */
function startPool() {
	const pool = createHashingPool({ concurrency: 4, memoryKib: 100, queueMs: 60_000 });
	const running = new Map<string, () => void>();
	function run(name: string, memoryKib: number, request?: HashRequest): Promise<void> {
		const act = () => new Promise<void>((resolve) => running.set(name, resolve));
		return pool.run(act, { ...request, memoryKib });
	}
	async function end(name: string): Promise<void> {
		running.get(name)?.();
		running.delete(name);
		await settle();
	}
	return { run, end, running: () => [...running.keys()] };
}

test('acts run concurrently only as far as the memory suffices', async () => {
	const { run, end, running } = startPool();
	for (const name of ['a', 'b', 'c']) void run(name, 40);
	expect(running()).toEqual(['a', 'b']);
	await end('a');
	expect(running()).toEqual(['b', 'c']);
});

test('an act that needs much memory keeps its turn, and the others follow when it ends', async () => {
	const { run, end, running } = startPool();
	void run('small', 20);
	void run('large', 100);
	for (const name of ['a', 'b', 'c']) void run(name, 30);
	expect(running()).toEqual(['small']);
	await end('small');
	expect(running()).toEqual(['large']);
	await end('large');
	expect(running()).toEqual(['a', 'b', 'c']);
});

test('an act whose client has disconnected no longer holds up those behind it', async () => {
	const { run, running } = startPool();
	const gone = new AbortController();
	void run('running', 20);
	const large = run('large', 100, { signal: gone.signal });
	void run('small', 20);
	gone.abort();
	await expect(large).rejects.toThrow('the client has disconnected');
	await settle();
	expect(running()).toEqual(['running', 'small']);
});

test('an act that needs more memory than there is fails, and holds up no other', async () => {
	const { run, running } = startPool();
	await expect(run('giant', 101)).rejects.toThrow(RangeError);
	void run('small', 20);
	expect(running()).toEqual(['small']);
});
