import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findServerProgram } from '../../scripts/test/database-server.ts';
import { type PrivateServer, startPrivateServer } from '../../scripts/test/mysql-process.ts';
import { request } from '../support/http/http.ts';
import {
	attemptRegistration,
	expectNothingLostOrHalf,
	isAcknowledged,
	keepRegistering
} from '../support/people/registrations.ts';
import { startService, type Service } from '../support/service/service.ts';
import { accessToken, register } from '../support/people/users.ts';

let server: PrivateServer;
let service: Service;

beforeAll(async () => {
	const program = findServerProgram();
	if (!program) throw new Error('no mysqld or mariadbd that could be killed: install mariadb-server');
	server = await startPrivateServer(program, { isDurable: true });
	process.env.TEST_MYSQL_URL = server.url;
	service = await startService({ engine: 'mysql', env: { RATE_LIMITS: 'off' } });
});

afterAll(async () => {
	await service?.stop();
	await server?.remove();
});

const readiness = async () => (await request(service.origin, { path: '/readyz' })).status;

test('a database killed under load and started again loses nothing, and the service comes back by itself', async () => {
	const { sent } = await register(service.origin);
	const token = await accessToken(service.origin, sent);
	const statuses = new Set<number>();
	let isOver = false;
	const ask = async () => {
		const { email, password } = sent;
		const authorization = `Bearer ${token}`;
		while (!isOver) {
			for (const answer of [
				await request(service.origin, { method: 'POST', path: '/token', json: { email, password } }),
				await request(service.origin, { path: '/me', headers: { authorization } })
			])
				statuses.add(answer.status);
		}
	};
	const asking = Promise.all([ask(), ask()]);
	const registering = keepRegistering(
		() => service.origin,
		8,
		() => isOver
	);

	for (let round = 0; round < 2; round++) {
		await pause(700);
		await server.end('SIGKILL');
		await expect.poll(readiness, { timeout: 10_000 }).toBe(503);
		expect((await request(service.origin, { path: '/livez' })).status).toBe(200);
		await pause(300);
		await server.start();
		await expect.poll(readiness, { timeout: 15_000 }).toBe(200);
	}
	await pause(700);
	isOver = true;
	await asking;
	const attempts = await registering;

	expect([...statuses].toSorted()).toEqual([200, 503]);
	const answered = new Set(attempts.map(({ status }) => status));
	expect([...answered].toSorted()).toEqual([201, 303, 503]);
	expect(attempts.filter(isAcknowledged).length).toBeGreaterThan(20);
	await expectNothingLostOrHalf(service, attempts);
	expect((await attemptRegistration(service.origin, 'page')).status).toBe(303);
	expect(service.logs().filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
	const [connections] = await service.database.query(
		'select count(*) as number from information_schema.processlist where db = database()'
	);
	// Those of the pool, and the one that asks.
	expect(Number(connections?.number)).toBeLessThanOrEqual(11);
});
