import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loadArgon2 } from '../../src/lib/server/crypto/load-argon2.ts';
import { runCli } from '../support/service/cli.ts';
import { type Service, startService } from '../support/service/service.ts';
import { accessToken, register } from '../support/people/users.ts';

const preload = pathToFileURL(path.resolve(import.meta.dirname, '../support/service/without-modules.ts'));
const without = (...modules: string[]) => ({
	NODE_OPTIONS: `--import=${preload}`,
	WITHOUT_MODULES: modules.join()
});
const hashingMessages = ({ logs }: Service) => logs().filter(({ argon2 }) => argon2 !== undefined);
const names = loadArgon2().implementations.map(({ name }) => name);

test('the service hashes immediately, and soon after with the fastest implementation', async () => {
	const service = await startService();
	onTestFinished(() => void service.stop());
	expect(hashingMessages(service)).toMatchObject([{ argon2: names[0], msg: 'Passwords are hashed' }]);
	const ada = await register(service.origin);
	if (names.length > 1) {
		await expect.poll(() => hashingMessages(service)).toHaveLength(2);
		const { argon2, hash_ms, msg } = hashingMessages(service)[1] ?? {};
		const times = Object.entries(hash_ms as Record<string, number>);
		expect(msg).toBe('The fastest argon2 was measured');
		expect(times.map(([name]) => name).sort()).toEqual(names.toSorted());
		expect(times[0]).toEqual([argon2, Math.min(...times.map(([, ms]) => ms))]);
	}
	await accessToken(service.origin, ada.sent);
	await service.stop();
});

test('where nothing was compiled, the library hashes, and doctor names it', async () => {
	const environment = without('#argon2');
	const service = await startService({ env: environment });
	onTestFinished(() => void service.stop());
	const ada = await register(service.origin);
	await accessToken(service.origin, ada.sent);
	const doctor = await runCli(['doctor'], { ...environment, DATA_DIR: service.dataDir });
	expect(doctor.stdout).toMatch(/^(ok|warning) +hashing +argon2id .* with @node-rs\/argon2, /m);
	expect(hashingMessages(service)).toMatchObject([
		{ argon2: '@node-rs/argon2', msg: 'Passwords are hashed' }
	]);
	await service.stop();
});

test('where no binary loads, Node hashes: logins go on both ways, log and doctor say so', async () => {
	const withoutBinaries = without('#argon2', '@node-rs/argon2');
	const fast = await startService();
	onTestFinished(() => void fast.stop());
	const ada = await register(fast.origin);
	await fast.kill('SIGTERM');

	const slow = await startService({ successorOf: fast, env: withoutBinaries });
	onTestFinished(() => void slow.stop());
	expect(hashingMessages(slow)).toMatchObject([
		{
			argon2: 'node:crypto',
			msg: expect.stringContaining('slowly'),
			err: { message: 'no binary for this platform' }
		}
	]);
	await accessToken(slow.origin, ada.sent);
	await expect(accessToken(slow.origin, { ...ada.sent, password: 'wrong password' })).rejects.toThrow('401');
	const bob = await register(slow.origin);
	const doctor = await runCli(['doctor'], { ...withoutBinaries, DATA_DIR: fast.dataDir });
	expect(doctor.stdout).toMatch(/^warning +hashing +argon2id .* with node:crypto, /m);
	await slow.stop();

	const fastAgain = await startService({ successorOf: fast });
	onTestFinished(() => void fastAgain.stop());
	await accessToken(fastAgain.origin, bob.sent);
	await fastAgain.stop();
});
