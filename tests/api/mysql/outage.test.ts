import { afterAll, beforeAll, expect, test } from 'vitest';
import { mysqlAddress } from '../../support/database/database.ts';
import { request } from '../../support/http/http.ts';
import { startRelay, type Relay } from '../../support/database/relay.ts';
import { startService, type Service } from '../../support/service/service.ts';

let relay: Relay;
let service: Service;

beforeAll(async () => {
	relay = await startRelay(mysqlAddress());
	service = await startService({
		env: { MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(relay.port) }
	});
});

afterAll(async () => {
	await service.stop();
	await relay.cut();
});

const ready = () => request(service.origin, { path: '/readyz' });

test('while the database is away /readyz answers 503, /livez 200, and all is well when it is back', async () => {
	expect((await ready()).status).toBe(200);
	await relay.cut();
	const refusal = await ready();
	expect(refusal.status).toBe(503);
	expect(refusal.json).toMatchObject({ code: 'database_unavailable' });
	expect((await request(service.origin, { path: '/livez' })).status).toBe(200);
	await relay.restore();
	await expect.poll(async () => (await ready()).status, { timeout: 10_000 }).toBe(200);
});
