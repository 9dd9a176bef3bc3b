import { expect, test } from 'vitest';
import { mysqlAddress } from '../../support/database/database.ts';
import { request } from '../../support/http/http.ts';
import { expectProblem } from '../../support/http/problem.ts';
import { startRelay } from '../../support/database/relay.ts';
import { startService } from '../../support/service/service.ts';

test('the public keys are there while the database is away, once they were read', async () => {
	const relay = await startRelay(mysqlAddress());
	await relay.cut();
	const service = await startService({
		until: 'alive',
		env: { ALGORITHM: 'ES256', MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(relay.port) }
	});
	const keys = () => request(service.origin, { path: '/.well-known/jwks.json' });
	expectProblem(await keys(), 503, 'database_unavailable');

	await relay.restore();
	await expect.poll(async () => (await keys()).status, { timeout: 10_000 }).toBe(200);
	const { text } = await keys();
	expect(text).toContain('"crv":"P-256"');
	await relay.cut();
	expectProblem(await request(service.origin, { path: '/readyz' }), 503, 'database_unavailable');
	expect(await keys()).toMatchObject({ status: 200, text });
	await relay.restore();
	expect(await service.stop()).toBe(0);
	expect(service.logs().filter(({ level }) => level === 'error')).toEqual([]);
	await relay.cut();
});
