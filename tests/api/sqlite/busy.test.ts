import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { request } from '../../support/http/http.ts';
import { expectProblem } from '../../support/http/problem.ts';
import { useService } from '../../support/service/use-service.ts';
import { accessToken, newUser, register } from '../../support/people/users.ts';

const service = useService();

test('while another process holds the file, writes are refused temporarily and reads continue', async () => {
	const { sent } = await register(service.origin);
	const authorization = `Bearer ${await accessToken(service.origin, sent)}`;
	const other = new DatabaseSync(path.join(service.dataDir, 'user-management.db'));
	other.exec('begin immediate');
	const late = newUser();
	const post = (route: string, json: object) =>
		request(service.origin, { method: 'POST', path: route, json });
	expect((await request(service.origin, { path: '/me', headers: { authorization } })).status).toBe(200);
	// Guesses that cannot be counted are not answered.
	expectProblem(await post('/token', sent), 503, 'database_unavailable');
	const refused = await post('/register', late);
	expectProblem(refused, 503, 'database_unavailable');
	expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
	other.exec('rollback');
	other.close();
	expect(await service.database.query('select id from users where email = ?', [late.email])).toEqual([]);
	expect((await post('/register', late)).status).toBe(201);
});
