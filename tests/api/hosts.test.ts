import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { logLinesOf } from '../support/service/log-lines.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const names = 'id.example.org,LOCALHOST,[::1]';
const get = (origin: string, path: string, host: string | null, more: Record<string, string> = {}) =>
	request(origin, { path, headers: { host, ...more } });

describe('with ALLOWED_HOSTS', () => {
	const service = useService({ env: { ALLOWED_HOSTS: names } });

	test.for([
		['id.example.org'],
		['ID.example.org:8443'],
		['id.example.org.'],
		['localhost:1'],
		['[::1]:3000']
	])('%s is answered', async ([host = '']) => {
		expect((await get(service.origin, '/login', host)).status).toBe(200);
		expectProblem(await get(service.origin, '/nothing', host), 404, 'not_found');
	});

	test.for([
		['evil.example'],
		['127.0.0.1'],
		['id.example.org.evil.example'],
		['sub.id.example.org'],
		['id.example.org@evil.example'],
		['a b'],
		['']
	])('%j is refused', async ([host = '']) => {
		for (const path of ['/login', '/me', '/robots.txt', '/_app/nothing', '/nothing']) {
			expectProblem(await get(service.origin, path, host), 400, 'host_not_allowed');
		}
		expectPage(await get(service.origin, '/login', host, { accept: 'text/html' }), 400);
	});

	test('no Host at all is refused', async () => {
		expectProblem(await get(service.origin, '/login', null), 400, 'host_not_allowed');
	});

	test('X-Forwarded-Host from an untrusted peer has no effect', async () => {
		expectProblem(
			await get(service.origin, '/login', 'evil.example', { 'x-forwarded-host': 'id.example.org' }),
			400,
			'host_not_allowed'
		);
	});

	test('an absolute target counts instead of Host', async () => {
		const headers = { host: 'id.example.org' };
		expectProblem(
			await request(service.origin, { path: 'http://evil.example/login', headers }),
			400,
			'host_not_allowed'
		);
	});

	test.for([['/livez'], ['/readyz']])('%s answers any', async ([path = '']) => {
		for (const host of ['10.0.0.7:3000', 'evil.example', '', null, 'a b']) {
			expect((await get(service.origin, path, host)).status, String(host)).toBe(200);
		}
	});

	test('pages work under every allowed name, not only that of ORIGIN', async () => {
		const headers = {
			host: 'id.example.org',
			origin: 'http://id.example.org',
			'sec-fetch-site': 'same-origin'
		};
		const answer = await newVisitor(service.origin).post('/register', { ...newUser() }, headers);
		expect(answer).toMatchObject({ status: 303, headers: { location: '/account' } });
	});
});

describe('behind a trusted proxy', () => {
	const service = useService({
		env: { TRUSTED_PROXIES: '127.0.0.1', ALLOWED_HOSTS: 'id.example.org', ORIGIN: 'https://id.example.org' }
	});
	const forwarded = {
		host: 'inner:3000',
		'x-forwarded-proto': 'https',
		'x-forwarded-host': 'id.example.org',
		'x-forwarded-for': '198.51.100.1, 192.0.2.1'
	};

	test('its request id is taken when it is a plain one', async () => {
		const id = '0195511e-proxy';
		const taken = await request(service.origin, {
			path: '/me',
			headers: { ...forwarded, 'x-request-id': id }
		});
		expect(taken.headers['x-request-id']).toBe(id);
		expect(taken.json.request_id).toBe(id);
		for (const odd of ['short', 'x'.repeat(65), 'under_score', '<b>bold</b>', 'a b c d e f']) {
			const answer = await request(service.origin, {
				path: '/me',
				headers: { ...forwarded, 'x-request-id': odd }
			});
			expect(answer.headers['x-request-id']).not.toBe(odd);
		}
	});

	test('the host it was asked for counts, and the client is the last one that is no proxy', async () => {
		const answer = await request(service.origin, { path: '/login', headers: forwarded });
		expect(answer.status).toBe(200);
		expect(await logLinesOf(service, answer.headers['x-request-id'])).toMatchObject([{ peer: '192.0.2.1' }]);
		expectProblem(
			await request(service.origin, {
				path: '/login',
				headers: { ...forwarded, 'x-forwarded-host': 'evil.example' }
			}),
			400,
			'host_not_allowed'
		);
	});

	test('https has HSTS on every answer, http has not', async () => {
		for (const path of ['/login', '/nothing', '/robots.txt', '/_app/nothing', '/livez']) {
			const secure = await request(service.origin, { path, headers: forwarded });
			expect(secure.headers['strict-transport-security'], path).toMatch(/max-age=\d{8}/);
			const plain = await request(service.origin, {
				path,
				headers: { ...forwarded, 'x-forwarded-proto': 'http' }
			});
			expect(plain.headers).not.toHaveProperty('strict-transport-security');
		}
	});

	test('over https the cookies are __Host-session and __Host-known-browser, and Secure', async () => {
		const visitor = newVisitor(service.origin);
		const headers = { ...forwarded, origin: 'https://id.example.org' };
		const { cookies, status } = await visitor.post('/register', { ...newUser() }, headers);
		expect(status).toBe(303);
		expect(cookies.map((cookie) => cookie.split('=', 1)[0])).toEqual([
			'__Host-session',
			'__Host-known-browser'
		]);
		for (const cookie of cookies) {
			for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'])
				expect(cookie.split('; ')).toContain(attribute);
			expect(cookie).not.toMatch(/domain=/i);
		}
		expect((await visitor.get('/account', forwarded)).status).toBe(200);
	});

	test('a form whose Origin has http where the proxy has https is still ours', async () => {
		const headers = { ...forwarded, origin: 'http://id.example.org', 'sec-fetch-site': null };
		expect((await newVisitor(service.origin).post('/login', {}, headers)).status).toBe(422);
	});
});
