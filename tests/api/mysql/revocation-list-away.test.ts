import { expect, test } from 'vitest';
import { mysqlAddress } from '../../support/database/database.ts';
import { grantTokens, postForm } from '../../support/people/grants.ts';
import { request } from '../../support/http/http.ts';
import { expectProblem } from '../../support/http/problem.ts';
import { startRelay } from '../../support/database/relay.ts';
import { startService } from '../../support/service/service.ts';

test('the list of ended sessions is there while the database is away, once it was read', async () => {
	const relay = await startRelay(mysqlAddress());
	const service = await startService({
		env: { MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(relay.port) }
	});
	const readList = () => request(service.origin, { path: '/.well-known/revoked.json' });
	const { access } = await grantTokens(service);
	const { text } = await readList();

	await relay.cut();
	expectProblem(await postForm(service, '/revoke', { token: access }), 503, 'database_unavailable');
	// Past the time for which the table is not asked again.
	await new Promise((resolve) => setTimeout(resolve, 2_500));
	expect(await readList()).toMatchObject({ status: 200, text });

	await relay.restore();
	const revoke = () => postForm(service, '/revoke', { token: access });
	await expect.poll(async () => (await revoke()).status).toBe(200);
	await expect.poll(async () => (await readList()).text).not.toBe(text);
	expect(await service.stop()).toBe(0);
	expect(service.logs().filter(({ level }) => level === 'error')).toEqual([]);
	await relay.cut();
});
