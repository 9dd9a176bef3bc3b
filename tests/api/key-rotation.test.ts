import { setTimeout as pause } from 'node:timers/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { runCli } from '../support/service/cli.ts';
import { request } from '../support/http/http.ts';
import { startService, type Service } from '../support/service/service.ts';
import { readHeader } from '../support/people/tokens.ts';
import { accessToken, register } from '../support/people/users.ts';

const keysPath = '/.well-known/jwks.json';

const published = async ({ origin }: Service) => {
	const { json } = await request(origin, { path: keysPath });
	return (json.keys as { kid: string }[]).map(({ kid }) => kid);
};

/** Gets tokens from both and shows each, several times, to both and to a verifier of its own, until it is stopped. */
function startLoad(instances: [Service, Service], person: { email: string; password: string }) {
	const refusals: string[] = [];
	const kids = new Set<unknown>();
	let shown = 0;
	let isOver = false;
	async function show(token: string, keys: ReturnType<typeof createRemoteJWKSet>): Promise<void> {
		for (const { origin } of instances) {
			const headers = { authorization: `Bearer ${token}` };
			const { status } = await request(origin, { path: '/me', headers });
			if (status !== 200) refusals.push(`${origin} ${status} ${String(readHeader(token).kid)}`);
		}
		await jwtVerify(token, keys).catch((error: Error) => refusals.push(`verifier: ${error.message}`));
		shown += 3;
	}
	async function client(index: number): Promise<void> {
		const source = instances[index % 2] ?? instances[0];
		const other = instances[(index + 1) % 2] ?? instances[1];
		const keys = createRemoteJWKSet(new URL(other.origin + keysPath));
		const tokens: string[] = [];
		while (!isOver) {
			const token = await accessToken(source.origin, person);
			kids.add(readHeader(token).kid);
			tokens.push(token);
			for (const one of tokens.slice(-5)) await show(one, keys);
			await pause(100);
		}
		for (const one of [tokens[0] ?? '', ...tokens.slice(-20)]) await show(one, keys);
	}
	const clients = Promise.all([client(0), client(1)]);
	return {
		kids,
		refusals,
		shown: () => shown,
		async stop() {
			isOver = true;
			await clients;
		}
	};
}

test(
	'a rotation under load, on two instances: both follow, and no token is refused',
	{ timeout: 180_000 },
	async () => {
		const first = await startService({ env: { ALGORITHM: 'ES256' } });
		const shared = { ALGORITHM: 'ES256', ORIGIN: first.origin };
		const second = await startService({ successorOf: first, env: shared });
		const { sent } = await register(first.origin);
		const [old] = await published(first);
		const load = startLoad([first, second], sent);

		const settings = { DATA_DIR: first.dataDir, ...first.database.environment, ...shared };
		const rotated = await runCli(['keys', 'rotate', '--now'], settings);
		const next = rotated.stdout.slice(0, 43);
		for (const instance of [first, second]) {
			await expect.poll(() => published(instance), { timeout: 20_000, interval: 500 }).toEqual([next, old]);
		}
		expect([...load.kids], 'it is published before it signs').toEqual([old]);
		await expect.poll(() => [...load.kids], { timeout: 80_000, interval: 500 }).toEqual([old, next]);
		await pause(3000);
		await load.stop();
		expect(load.refusals).toEqual([]);
		expect(load.shown()).toBeGreaterThan(300);

		// As if 21 minutes had passed: the tokens of the old key have expired.
		await first.database.query('update signing_keys set activates_at = activates_at - ?', [21 * 60 * 1000]);
		for (const instance of [first, second]) {
			await expect.poll(() => published(instance), { timeout: 20_000, interval: 500 }).toEqual([next]);
		}
		expect(await second.stop()).toBe(0);
		expect(await first.stop()).toBe(0);
		for (const { logs } of [first, second]) {
			expect(logs().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
		}
	}
);
