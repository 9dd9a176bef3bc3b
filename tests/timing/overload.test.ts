import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, request } from '../support/http/http.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { type Service } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, type NewUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const flood = 300;
const logIn = ({ origin }: Service, { email, password }: Pick<NewUser, 'email' | 'password'>) =>
	request(origin, { method: 'POST', path: '/token', json: { email, password } });

function expectOverloaded(answer: Answer): void {
	expectProblem(answer, 503, 'overloaded');
	expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
	expect(answer.headers['cache-control']).toBe('no-store');
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

describe('more concurrent logins than can be hashed in time', () => {
	// One concurrent hash and a short timeout: too little on any machine.
	const service = useService({ env: { RATE_LIMITS: 'off', HASH_MEMORY_MB: '19', HASH_QUEUE_MS: '1500' } });
	let user: NewUser;
	beforeAll(async () => {
		user = (await register(service.origin)).sent;
	});

	test('get their answer or 503 with a time to come back, and nothing else', async () => {
		let isOver = false;
		const livezTimes: number[] = [];
		const probing = (async () => {
			while (!isOver) {
				const startedAt = performance.now();
				expect((await request(service.origin, { path: '/livez' })).status).toBe(200);
				livezTimes.push(performance.now() - startedAt);
				await pause(20);
			}
		})();
		const sent = Array.from({ length: flood }, (_, index) => {
			const kinds = [user, { ...user, password: 'wrong words here' }, newUser()];
			return { expected: index % 3 === 0 ? 200 : 401, fields: kinds[index % 3] ?? user };
		});
		const startedAt = performance.now();
		const answers = await Promise.all(
			sent.map(async ({ expected, fields }) => {
				const answer = await logIn(service, fields);
				return { expected, answer, duration: performance.now() - startedAt };
			})
		);
		isOver = true;
		await probing;

		const refused = answers.filter(({ answer }) => answer.status === 503);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused.length).toBeLessThan(flood);
		// One line when it begins, and at most one each ten seconds after that.
		const warnings = service.logs().filter(({ reason }) => reason === 'overloaded');
		expect(warnings.length).toBeGreaterThan(0);
		expect(warnings.length).toBeLessThan(10);
		for (const { expected, answer } of answers) {
			if (answer.status === 503) expectOverloaded(answer);
			else expect(answer.status).toBe(expected);
		}
		// A liveness request does not wait in the queue.
		const served = answers.filter(({ answer }) => answer.status !== 503);
		expect(median(livezTimes)).toBeLessThan(median(served.map(({ duration }) => duration)));
		expect((await logIn(service, user)).status).toBe(200);
	}, 60_000);

	test('leave room for a browser that has logged in before', async () => {
		const visitor = newVisitor(service.origin);
		await visitor.post('/login', { ...user });
		const statuses: number[] = [];
		const strangers = Array.from({ length: flood }, () =>
			logIn(service, user).then(({ status }) => statuses.push(status))
		);
		// Once they stand in the queue, it is full for others.
		await expect.poll(() => statuses).toContain(503);
		expect((await visitor.post('/login', { ...user })).status).toBe(303);
		await Promise.all(strangers);
	}, 60_000);

	test('with a known address and an unknown one are refused alike', async () => {
		const fields = [{ ...user, password: 'wrong words here' }, newUser()];
		const answers = await Promise.all(
			Array.from({ length: flood }, (_, index) => logIn(service, fields[index % 2] ?? user))
		);
		const bodies = answers
			.filter(({ status }) => status === 503)
			.map(({ json }) => ({ ...json, request_id: undefined }));
		for (const body of bodies) expect(body).toEqual(bodies[0]);
		const names = (answer: Answer) => Object.keys(answer.headers).toSorted().join();
		expect(new Set(answers.filter(({ status }) => status === 503).map(names)).size).toBe(1);
	}, 60_000);

	test('registrations that are refused have written nothing', async () => {
		const sent = Array.from({ length: flood }, () => newUser());
		const answers = await Promise.all(
			sent.map((json) => request(service.origin, { method: 'POST', path: '/register', json }))
		);
		const rows = await service.database.query('select email from users');
		const stored = new Set(rows.map(({ email }) => email));
		for (const [index, answer] of answers.entries()) {
			if (answer.status !== 201) expectOverloaded(answer);
			expect(stored.has(sent[index]?.email)).toBe(answer.status === 201);
		}
	}, 60_000);

	test('a browser gets the form again, with what was entered', async () => {
		const others = Array.from({ length: flood }, () => logIn(service, user));
		const form = { email: user.email, password: user.password };
		const pages = await Promise.all(
			Array.from({ length: 100 }, () =>
				request(service.origin, { method: 'POST', path: '/login', form, headers: { accept: 'text/html' } })
			)
		);
		await Promise.all(others);
		const refused = pages.find(({ status }) => status === 503);
		if (!refused) throw new Error('no page was refused');
		expectPage(refused, 503);
		expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/);
		expect(refused.text).toContain('Too many people are logging in right now.');
		expect(refused.text).toContain(`value="${user.email}"`);
		expect(refused.text).not.toContain(user.password);
	}, 60_000);
});

describe('logins whose clients have disconnected', () => {
	const service = useService({ env: { RATE_LIMITS: 'off', HASH_MEMORY_MB: '19', HASH_QUEUE_MS: '60000' } });

	test('are not hashed: who comes after them does not wait for them', async () => {
		const { sent } = await register(service.origin);
		const times: number[] = [];
		for (let round = 0; round < 5; round++) {
			const startedAt = performance.now();
			await logIn(service, sent);
			times.push(performance.now() - startedAt);
		}
		const abandoned = 100;
		const body = JSON.stringify({ email: sent.email, password: 'wrong words here' });
		const head = `POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
		const sockets = Array.from({ length: abandoned }, () => connect(service.port, '127.0.0.1'));
		for (const socket of sockets) socket.on('error', () => {}).write(head + body);
		await pause(200);
		for (const socket of sockets) socket.destroy();
		const isGone = ({ peer_gone, path }: Record<string, unknown>) => path === '/token' && peer_gone;
		const countGone = () => service.logs().filter(isGone).length;
		await expect.poll(countGone, { timeout: 30_000 }).toBeGreaterThan(abandoned / 2);

		const startedAt = performance.now();
		expect((await logIn(service, sent)).status).toBe(200);
		expect(performance.now() - startedAt).toBeLessThan((median(times) * abandoned) / 3);
	}, 60_000);
});
