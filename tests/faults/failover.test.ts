import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findServerProgram } from '../../scripts/test/database-server.ts';
import { type PrivateServer, startPrivateServer } from '../../scripts/test/mysql-process.ts';
import { type TestDatabase, freshDatabase, mysqlAddress } from '../support/database/database.ts';
import { copySchema, createAccount, runOn } from '../support/database/failover.ts';
import { type Relay, startRelay } from '../support/database/relay.ts';
import { request } from '../support/http/http.ts';
import { type Attempt, attemptRegistration, isAcknowledged } from '../support/people/registrations.ts';
import { type Service, startService } from '../support/service/service.ts';

const resumeMs = 5_000;

let previous: PrivateServer;
let database: TestDatabase;
let relay: Relay;
let service: Service;
const next = { url: '' };

beforeAll(async () => {
	next.url = process.env.TEST_MYSQL_URL ?? '';
	const program = findServerProgram();
	if (!program) throw new Error('no mysqld or mariadbd for a failover: install mariadb-server');
	previous = await startPrivateServer(program);
	database = await freshDatabase('', 'mysql');
	const name = database.environment.MYSQL_DATABASE ?? '';
	const account = await createAccount([previous.url, next.url], name);
	relay = await startRelay({ host: '127.0.0.1', port: Number(new URL(previous.url).port) });
	const env = {
		...account,
		MYSQL_DATABASE_HOST: '127.0.0.1',
		MYSQL_DATABASE_PORT: String(relay.port),
		RATE_LIMITS: 'off'
	};
	service = await startService({ engine: 'mysql', env });
	const query: TestDatabase['query'] = (sql) => runOn(previous.url, [sql], name);
	await copySchema({ ...database, query }, next.url, name);
});

afterAll(async () => {
	await service?.stop();
	await relay?.cut();
	await previous?.remove();
	await database?.drop();
});

const readiness = async () => (await request(service.origin, { path: '/readyz' })).status;

/** Registers one user after another until one is registered. */
async function untilRegistered(): Promise<Attempt> {
	for (;;) {
		const attempt = await attemptRegistration(service.origin, 'api');
		if (isAcknowledged(attempt)) return attempt;
		expect(attempt.status).toBe(503);
		await pause(50);
	}
}

test('after a failover that leaves connections open to a read-only server, writes resume in seconds', async () => {
	// As many connections as the pool holds.
	await Promise.all(Array.from({ length: 20 }, () => attemptRegistration(service.origin, 'page')));
	expect(await readiness()).toBe(200);

	await runOn(previous.url, ['set global read_only = 1']);
	expect((await attemptRegistration(service.origin, 'api')).status).toBe(503);
	expect(await readiness()).toBe(503);

	relay.move(mysqlAddress());
	const movedAt = performance.now();
	const { sent } = await untilRegistered();
	expect(performance.now() - movedAt).toBeLessThan(resumeMs);
	await expect.poll(readiness, { timeout: resumeMs }).toBe(200);
	expect(await database.query('select email from users where email = ?', [sent.email])).toHaveLength(1);
	const burst = Array.from({ length: 20 }, () => attemptRegistration(service.origin, 'api'));
	expect(new Set((await Promise.all(burst)).map(({ status }) => status))).toEqual(new Set([201]));
});
