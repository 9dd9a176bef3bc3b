import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { startService, type Service } from '../support/service/service.ts';
import { accessToken, newUser, register } from '../support/people/users.ts';

let services: Service[] = [];
afterEach(async () => {
	// The one whose database the others share was started first.
	for (const service of services.toReversed()) await service.stop();
	services = [];
});

async function start(options: Parameters<typeof startService>[0] = {}): Promise<Service> {
	const service = await startService(options);
	services.push(service);
	return service;
}

const migrations = readdirSync(path.resolve(import.meta.dirname, '../../migrations'))
	.map((file) => path.parse(file).name)
	.toSorted();
/** `ready`, or why it is not. */
const readiness = async ({ origin }: Service) => {
	const { status, json } = await request(origin, { path: '/readyz' });
	return status === 200 ? 'ready' : json;
};

test('instances that start together on a fresh database are all ready, and each migration has run once', async () => {
	const first = await start({ until: 'spawned' });
	const others = await Promise.all([1, 2].map(() => start({ until: 'spawned', successorOf: first })));
	for (const service of [first, ...others]) {
		await expect.poll(() => readiness(service), { timeout: 20_000 }).toBe('ready');
	}
	const ran = [first, ...others].flatMap((service) =>
		service.logs().flatMap(({ migration }) => migration ?? [])
	);
	expect(ran.toSorted()).toEqual(migrations);
	const seen = await first.database.query('select name from migrations order by name');
	expect(seen.map(({ name }) => name)).toEqual(migrations);

	const { sent, user } = await register(first.origin);
	for (const { origin } of others) {
		const token = await request(origin, {
			method: 'POST',
			path: '/token',
			json: { email: sent.email, password: sent.password }
		});
		expect(token.status).toBe(200);
	}
	expect(user.email).toBe(sent.email);
});

test('a second start changes no schema', async () => {
	const first = await start();
	const { sent } = await register(first.origin);
	expect(await first.kill('SIGTERM')).toBe(0);
	const second = await start({ successorOf: first });
	expect(second.logs().filter(({ migration }) => migration)).toEqual([]);
	await expect(accessToken(second.origin, sent)).resolves.toMatch(/\./);
});

test('it is not ready while a migration of its version is missing', async () => {
	const service = await start();
	const last = migrations.at(-1) ?? '';
	const [row] = await service.database.query('select * from migrations where name = ?', [last]);
	await service.database.query('delete from migrations where name = ?', [last]);
	const answer = await request(service.origin, { path: '/readyz' });
	expect(answer).toMatchObject({ status: 503, json: { code: 'schema_outdated' } });
	expect(answer.headers['cache-control']).toContain('no-store');
	expect((await request(service.origin, { path: '/livez' })).status).toBe(200);
	await service.database.query('insert into migrations (name, timestamp) values (?, ?)', [
		last,
		String(row?.timestamp)
	]);
	expect(await readiness(service)).toBe('ready');
});

describe('SIGTERM', () => {
	test.for([['SIGTERM'], ['SIGINT']] as const)(
		'(%s) ends an idle service soon, with status 0',
		async ([signal]) => {
			const service = await start();
			const agent = new Agent({ keepAlive: true });
			await request(service.origin, { path: '/login', agent });
			const started = performance.now();
			expect(await service.kill(signal)).toBe(0);
			expect(performance.now() - started).toBeLessThan(4000);
			agent.destroy();
		}
	);

	test('lets a request in flight finish, takes no new one, and then ends', async () => {
		const service = await start();
		const sent = newUser();
		const body = JSON.stringify(sent);
		const socket = connect(service.port, '127.0.0.1');
		let answer = '';
		socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
		const closed = once(socket, 'close');
		const head = `POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
		socket.write(head + body.slice(0, 10));
		await expect.poll(() => readiness(service)).toBe('ready');

		const ended = service.kill('SIGTERM');
		await expect.poll(() => service.output()).toContain('SIGTERM');
		await expect
			.poll(() =>
				request(service.origin, { path: '/livez' }).then(
					() => 'answered',
					({ code }) => String(code)
				)
			)
			.toBe('ECONNREFUSED');
		socket.write(body.slice(10));
		await closed;
		expect(answer).toMatch(/^HTTP\/1\.1 201 /);
		expect(await ended).toBe(0);
		const rows = await service.database.query('select email from users');
		expect(rows).toEqual([{ email: sent.email }]);
	});

	test('while many register loses none that was answered', async () => {
		const service = await start();
		const sent = Array.from({ length: 30 }, () => newUser());
		const answers = sent.map((json) =>
			request(service.origin, { method: 'POST', path: '/register', json }).then(
				({ status }) => status,
				() => 'broken'
			)
		);
		await Promise.race(answers);
		expect(await service.kill('SIGTERM')).toBe(0);
		const statuses = await Promise.all(answers);
		const rows = await service.database.query('select email from users');
		const stored = new Set(rows.map(({ email }) => email));
		for (const [index, { email }] of sent.entries()) {
			expect(stored.has(email), `${statuses[index]}`).toBe(statuses[index] === 201);
		}
	});
});

test('a port that is taken is said in one line', async () => {
	const first = await start();
	const second = await start({ until: 'spawned', successorOf: first, env: { PORT: String(first.port) } });
	expect(await second.exited).toBe(1);
	expect(second.output()).toContain(
		`The port is in use: end what listens there, or set another one (EADDRINUSE, port ${first.port})`
	);
	expect(second.output()).not.toMatch(/^\s+at /m);
});
