import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { type Service, startService } from '../support/service/service.ts';
import { register } from '../support/people/users.ts';

/** The nice value of each thread, by its name; Linux tells (proc_pid_stat(5)). */
function readThreads({ pid }: Service): { name: string; nice: number }[] {
	return readdirSync(`/proc/${pid}/task`).map((task) => {
		const stat = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8');
		const [name = '', rest = ''] = stat.split(/^\d+ \(|\) (?=\w )/).slice(1);
		return { name, nice: Number(rest.split(' ')[16]) };
	});
}

describe.skipIf(os.platform() !== 'linux')('the threads that hash', () => {
	test('are one more than cores, with two more for files and names', async () => {
		const service = await startService();
		onTestFinished(() => void service.stop());
		await register(service.origin);
		const workers = readThreads(service).filter(({ name }) => name === 'libuv-worker');
		expect(workers).toHaveLength(Math.max(4, os.availableParallelism() + 3));
	});

	test('give way to the thread that answers', async () => {
		const service = await startService();
		onTestFinished(() => void service.stop());
		const threads = readThreads(service);
		const nice = (isWorker: boolean) =>
			new Set(threads.filter(({ name }) => (name === 'libuv-worker') === isWorker).map(({ nice }) => nice));
		const own = os.getPriority();
		expect([nice(true), nice(false)]).toEqual([new Set([Math.min(19, own + 5)]), new Set([own])]);
	});
});

test('a file is not behind the hashes that wait', async () => {
	const service = await startService({ env: { HASH_QUEUE_MS: '60000' } });
	onTestFinished(() => void service.stop());
	const { sent } = await register(service.origin);
	let hashed = 0;
	const json = { email: sent.email, password: sent.password };
	const logins = Array.from({ length: 60 }, async () => {
		expect((await request(service.origin, { method: 'POST', path: '/token', json })).status).toBe(200);
		hashed++;
	});
	expect((await request(service.origin, { path: '/favicon.svg' })).status).toBe(200);
	expect(hashed).toBeLessThan(30);
	await Promise.all(logins);
	await service.stop();
});
