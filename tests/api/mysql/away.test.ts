import { afterEach, beforeEach, expect, test } from 'vitest';
import { mysqlAddress } from '../../support/database/database.ts';
import { request } from '../../support/http/http.ts';
import { expectPage, expectProblem } from '../../support/http/problem.ts';
import { startRelay, type Relay } from '../../support/database/relay.ts';
import { startService, type Service } from '../../support/service/service.ts';
import { accessToken, newUser, register } from '../../support/people/users.ts';
import { newVisitor } from '../../support/people/visitor.ts';

let relay: Relay;
let service: Service | undefined;
let isCut = false;
beforeEach(async () => {
	relay = await startRelay(mysqlAddress());
	isCut = false;
});
afterEach(async () => {
	await service?.stop();
	service = undefined;
	if (!isCut) await relay.cut();
});

const cut = () => {
	isCut = true;
	return relay.cut();
};
const restore = async () => {
	await relay.restore();
	isCut = false;
};

async function start(until: 'ready' | 'alive'): Promise<Service> {
	service = await startService({
		until,
		env: { MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(relay.port) }
	});
	return service;
}

const readiness = async ({ origin }: Service) => (await request(origin, { path: '/readyz' })).status;
const logOf = ({ logs }: Service, message: RegExp) => logs().filter(({ msg }) => message.test(String(msg)));

test('a database that is away at start is waited for', async () => {
	await cut();
	const service = await start('alive');
	await expect.poll(() => logOf(service, /database does not answer.*waiting/)).toHaveLength(1);
	const readyz = await request(service.origin, { path: '/readyz' });
	expectProblem(readyz, 503, 'database_unavailable');
	expect(readyz.headers['cache-control']).toContain('no-store');
	const refused = await request(service.origin, { method: 'POST', path: '/register', json: newUser() });
	expectProblem(refused, 503, 'database_unavailable');
	expect((await newVisitor(service.origin).get('/login')).status, 'a page that needs no database').toBe(200);

	await restore();
	await expect.poll(() => readiness(service), { timeout: 10_000 }).toBe(200);
	expect(logOf(service, /database does not answer/), 'said once').toHaveLength(1);
	expect(logOf(service, /database answers/)).toHaveLength(1);
	const { sent } = await register(service.origin);
	await expect(accessToken(service.origin, sent)).resolves.toMatch(/\./);
});

test('a service that waits for its database stops immediately on a signal', async () => {
	await cut();
	const service = await start('alive');
	const started = performance.now();
	expect(await service.kill('SIGTERM')).toBe(0);
	expect(performance.now() - started).toBeLessThan(1500);
});

test('a database that goes away makes requests fail with 503 until it is back, and nothing is half-written', async () => {
	const service = await start('ready');
	const { sent } = await register(service.origin);
	const token = await accessToken(service.origin, sent);
	const visitor = newVisitor(service.origin);
	await visitor.post('/login', { email: sent.email, password: sent.password });
	await cut();

	const late = newUser();
	const post = (path: string, json: object) => request(service.origin, { method: 'POST', path, json });
	const answers = [
		await post('/register', late),
		await post('/token', { email: sent.email, password: sent.password }),
		await request(service.origin, { path: '/me', headers: { authorization: `Bearer ${token}` } }),
		await request(service.origin, { path: '/readyz' })
	];
	for (const answer of answers) {
		expectProblem(answer, 503, 'database_unavailable');
		expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
	}
	const pages = [
		await visitor.get('/account'),
		await newVisitor(service.origin).post('/login', { email: sent.email, password: sent.password }),
		await newVisitor(service.origin).post('/register', { ...late })
	];
	for (const page of pages) {
		expectPage(page, 503);
		expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
		expect(page.cookies).toEqual([]);
	}
	expect(pages[1]?.text, 'what was entered is kept').toContain(`value="${sent.email}"`);
	expect((await request(service.origin, { path: '/livez' })).status).toBe(200);

	await restore();
	await expect.poll(() => readiness(service), { timeout: 10_000 }).toBe(200);
	expect((await visitor.get('/account')).status).toBe(200);
	expect(await service.database.query('select id from users where email = ?', [late.email])).toEqual([]);
	expect((await post('/register', late)).status).toBe(201);
	expect(service.logs().filter(({ level }) => level === 'error')).toEqual([]);
	expect(service.output()).not.toContain(sent.email);
});

test.for([
	[
		'an account that the server refuses',
		'MYSQL_USER',
		{ MYSQL_USER: 'unknown_user', MYSQL_PASSWORD: 'geheim' }
	],
	['a database that does not exist', 'MYSQL_DATABASE', { MYSQL_DATABASE: 'user_management_test_missing' }]
] as const)('%s ends the process with 78 and one line that names %s', async ([, variable, env]) => {
	const refused = await startService({ until: 'spawned', env });
	expect(await refused.exited).toBe(78);
	const fatal = refused.logs().filter(({ level }) => level === 'fatal');
	expect(fatal).toMatchObject([{ msg: expect.stringContaining(variable) }]);
	expect(refused.output()).not.toContain('geheim');
	await refused.stop();
});
