import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { type Service, startService } from '../support/service.ts';
import { accessToken, register } from '../support/users.ts';

const preload = pathToFileURL(path.resolve(import.meta.dirname, '../support/without-argon2-library.ts'));
const withoutLibrary = { NODE_OPTIONS: `--import=${preload}` };
const hashingMessages = ({ logs }: Service) => logs().filter(({ argon2 }) => argon2 !== undefined);

test('where the argon2 library does not load, Node hashes: log-ins go on both ways, log and doctor say so', async () => {
	const fast = await startService();
	onTestFinished(() => void fast.stop());
	expect(hashingMessages(fast)).toMatchObject([{ argon2: '@node-rs/argon2', msg: 'Passwords are hashed' }]);
	const ada = await register(fast.origin);
	await fast.kill('SIGTERM');

	const slow = await startService({ successorOf: fast, env: withoutLibrary });
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
	const doctor = await runCli(['doctor'], { ...withoutLibrary, DATA_DIR: fast.dataDir });
	expect(doctor.stdout).toMatch(/^warning +hashing +argon2id .* by node:crypto, /m);
	await slow.stop();

	const fastAgain = await startService({ successorOf: fast });
	onTestFinished(() => void fastAgain.stop());
	await accessToken(fastAgain.origin, bob.sent);
	await fastAgain.stop();
});
