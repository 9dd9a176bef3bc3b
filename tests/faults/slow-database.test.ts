import { afterAll, beforeAll, expect, test } from 'vitest';
import { mysqlAddress } from '../support/database/database.ts';
import { request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { startRelay, type Relay } from '../support/database/relay.ts';
import { startService, type Service } from '../support/service/service.ts';
import { accessToken, type NewUser, register } from '../support/people/users.ts';

const delayMs = 250;
/** From the service to the database and back. */
const roundTripMs = 2 * delayMs;

let relay: Relay;
let service: Service;
let user: NewUser;

beforeAll(async () => {
	relay = await startRelay(mysqlAddress());
	// One hash at a time, so that a request that blocks hashing would block all others.
	const env = {
		MYSQL_DATABASE_HOST: '127.0.0.1',
		MYSQL_DATABASE_PORT: String(relay.port),
		HASH_MEMORY_MB: '19',
		HASH_QUEUE_MS: '60000',
		RATE_LIMITS: 'off'
	};
	service = await startService({ engine: 'mysql', env });
	user = (await register(service.origin)).sent;
	await accessToken(service.origin, user);
	relay.delay(delayMs);
});

afterAll(async () => {
	await service?.stop();
	await relay?.cut();
});

async function timed<Result>(act: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
	const startedAt = performance.now();
	const result = await act();
	return { result, ms: performance.now() - startedAt };
}

test('logins and registrations succeed on a slow database', async () => {
	const { ms } = await timed(() => accessToken(service.origin, user));
	expect(ms).toBeGreaterThan(roundTripMs);
	const { sent } = await register(service.origin);
	await expect(accessToken(service.origin, sent)).resolves.toMatch(/\./);
	expect((await request(service.origin, { path: '/readyz' })).status).toBe(200);
});

test('requests that wait for the database delay neither the hashes of others nor requests without a database', async () => {
	const logins = 20;
	let isOver = false;
	const waiting = timed(() =>
		Promise.all(Array.from({ length: logins }, () => accessToken(service.origin, user)))
	).finally(() => (isOver = true));
	const quick: number[] = [];
	while (!isOver) {
		const { result, ms } = await timed(() => request(service.origin, { path: '/livez' }));
		expect(result.status).toBe(200);
		quick.push(ms);
	}
	const { ms } = await waiting;
	expect(quick.length).toBeGreaterThan(10);
	expect(quick.toSorted((a, b) => a - b)[Math.floor(quick.length / 2)]).toBeLessThan(delayMs);
	// One after another, they would wait at least this time for the database alone.
	expect(ms).toBeLessThan(logins * roundTripMs * 0.8);
});

test('a database that takes too long counts as unavailable, and is used again when it is fast', async () => {
	relay.delay(30_000);
	const { result, ms } = await timed(() =>
		request(service.origin, {
			method: 'POST',
			path: '/token',
			json: { email: user.email, password: user.password }
		})
	);
	expectProblem(result, 503, 'database_unavailable');
	expect(ms).toBeLessThan(18_000);
	relay.delay(0);
	await expect
		.poll(async () => (await request(service.origin, { path: '/readyz' })).status, { timeout: 20_000 })
		.toBe(200);
	await expect(accessToken(service.origin, user)).resolves.toMatch(/\./);
});
