import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { accessToken, type NewUser, register } from '../support/people/users.ts';
import { examine } from '../support/service/doctor.ts';
import { type Service, startService } from '../support/service/service.ts';

const hourMs = 60 * 60 * 1_000;

let first: Service;
let service: Service;
let user: NewUser;

beforeAll(async () => {
	first = await startService();
	user = (await register(first.origin)).sent;
	await accessToken(first.origin, user);
});

afterAll(async () => {
	await service?.stop();
	await first?.stop();
});

const setAhead = (statement: string, ms: number) => first.database.query(statement, [Date.now() + ms]);

test.for([20 / 60, 2, 24 * 365])(
	'limits counted with a clock that was %d hours ahead do not keep the right password out',
	async (hours) => {
		await setAhead('update rate_limits set full_at = ?', hours * hourMs);
		const { email, password } = user;
		const path = '/token';
		const wrong = { method: 'POST', path, json: { email, password: `not ${password}` } };
		expect((await request(first.origin, wrong)).status).toBe(401);
		await expect(accessToken(first.origin, user)).resolves.toMatch(/\./);
	}
);

test('what was stored by a clock that was ahead is corrected by the next start, and named by doctor before', async () => {
	const ahead = 2 * hourMs;
	await setAhead('update users set tokens_valid_from = ?', ahead);
	const refused = await request(first.origin, { method: 'POST', path: '/token', json: { ...user } });
	expect(refused.status).toBe(503);
	await first.kill('SIGTERM');
	const { findings } = await examine({ DATA_DIR: first.dataDir, ...first.database.environment });
	expect(findings).toContainEqual(
		expect.objectContaining({ level: 'warning', subject: 'clock', message: expect.stringContaining('users') })
	);

	service = await startService({ successorOf: first });
	const token = await accessToken(service.origin, user);
	const authorization = `Bearer ${token}`;
	expect((await request(service.origin, { path: '/me', headers: { authorization } })).status).toBe(200);
	const warnings = service.logs().filter(({ level }) => level === 'warn');
	expect(warnings).toEqual([
		expect.objectContaining({
			msg: 'A clock was ahead: stored times in the future were set to now',
			rows: { users: 1 }
		})
	]);
});
