import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { request } from '../support/http.ts';
import { type Service, startService } from '../support/service.ts';
import { register } from '../support/users.ts';

/** Of libuv, on which hashes, files and names are worked on; Linux tells. */
function countPoolThreads({ pid }: Service): number {
	const tasks = readdirSync(`/proc/${pid}/task`);
	return tasks.filter((task) => readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8') === 'libuv-worker\n')
		.length;
}

test.skipIf(os.platform() !== 'linux')(
	'hashing on every core leaves two threads to files and names',
	async () => {
		const service = await startService();
		onTestFinished(() => void service.stop());
		await register(service.origin);
		const cores = os.availableParallelism();
		expect(countPoolThreads(service)).toBe(Math.max(4, cores + 2));
		await service.stop();
	}
);

test('a file is not behind the hashes that wait', async () => {
	const service = await startService({ env: { HASH_QUEUE_MS: '60000' } });
	onTestFinished(() => void service.stop());
	const { sent } = await register(service.origin);
	let hashed = 0;
	const json = { email: sent.email, password: sent.password };
	const logIns = Array.from({ length: 60 }, async () => {
		expect((await request(service.origin, { method: 'POST', path: '/token', json })).status).toBe(200);
		hashed++;
	});
	expect((await request(service.origin, { path: '/favicon.svg' })).status).toBe(200);
	expect(hashed).toBeLessThan(30);
	await Promise.all(logIns);
	await service.stop();
});
