import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { logLinesOf } from '../support/service/log-lines.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService();
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const html = 'text/html,*/*;q=0.8';
const immutable = path.resolve(import.meta.dirname, '../../build/client/_app/immutable');

/** A hashed file of the build. */
function builtFile(): string {
	const files = readdirSync(immutable, { recursive: true, encoding: 'utf8' });
	return `/_app/immutable/${files.find((file) => file.endsWith('.js'))}`;
}

describe('every answer has an id and nosniff, and is not for other sites to embed', () => {
	test.for([
		['a page', 200, { path: '/login' }],
		['a redirect', 303, { path: '/' }],
		['a static file', 200, { path: '/robots.txt' }],
		['a file of the build', 200, { path: builtFile() }],
		['a static file that is not there', 404, { path: '/_app/immutable/nothing.js' }],
		['a path that leaves the files', 404, { path: '/_app/../../package.json' }],
		['a path that leaves them in disguise', 404, { path: '/_app/%2e%2e/%2e%2e/package.json' }],
		['a trailing slash', 308, { path: '/login/' }],
		['a health check', 200, { path: '/livez' }],
		['a 404', 404, { path: '/nothing' }],
		['a 405', 405, { path: '/token' }],
		['TRACE', 405, { path: '/', method: 'TRACE' }],
		['a made-up method', 405, { path: '/', method: 'PROPFIND' }],
		['a broken escape', undefined, { path: '/%zz' }],
		['a host that is none', 400, { path: '/login', headers: { host: 'a b' } }],
		['no host', 400, { path: '/login', headers: { host: null } }],
		['a target without a slash', 400, { path: 'login' }],
		['a target with two', undefined, { path: '//evil.example' }],
		['OPTIONS *', 400, { path: '*', method: 'OPTIONS' }]
	] as const)('%s', async ([, status, options]) => {
		const answer = await request(service.origin, options);
		if (status !== undefined) expect(answer.status, answer.text).toBe(status);
		expect(answer.status).toBeLessThan(500);
		expect(answer.headers).toMatchObject({
			'x-request-id': expect.stringMatching(uuid),
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'/),
			'cross-origin-resource-policy': 'same-origin'
		});
		expect(answer.headers).not.toHaveProperty('strict-transport-security');
		expect(answer.headers).not.toHaveProperty('server');
		expect(answer.headers).not.toHaveProperty('x-powered-by');
	});

	test('another id each time, and the log has it', async () => {
		const ids = await Promise.all(
			Array.from({ length: 5 }, async () =>
				String((await request(service.origin, { path: '/login' })).headers['x-request-id'])
			)
		);
		expect(new Set(ids).size).toBe(5);
		for (const id of ids)
			expect(await logLinesOf(service, id)).toMatchObject([{ path: '/login', status: 200 }]);
	});

	test('a client’s own id is not believed', async () => {
		const headers = { 'x-request-id': 'my-own-request-id' };
		expect((await request(service.origin, { path: '/livez', headers })).headers['x-request-id']).toMatch(
			uuid
		);
		const problem = await request(service.origin, { path: '/me', headers });
		expectProblem(problem, 401, 'authentication_required');
		expect(problem.json.request_id).toMatch(uuid);
	});

	test('forwarded headers from any other peer change nothing', async () => {
		const headers = {
			'x-forwarded-proto': 'https',
			'x-forwarded-host': 'evil.example',
			'x-forwarded-for': '198.51.100.1'
		};
		const answer = await request(service.origin, { path: '/account', headers: { ...headers, accept: html } });
		expect(answer.headers).toMatchObject({ location: '/login?next=%2Faccount' });
		expect(answer.headers).not.toHaveProperty('strict-transport-security');
		expect(await logLinesOf(service, answer.headers['x-request-id'])).toMatchObject([{ peer: '127.0.0.1' }]);
	});
});

describe('every page is protected', () => {
	let visitor: ReturnType<typeof newVisitor>;
	beforeAll(async () => {
		visitor = newVisitor(service.origin);
		await visitor.post('/register', { ...newUser() });
	});

	test.for([
		['/login', 200],
		['/register', 200],
		['/problems/not-found', 200],
		['/nothing', 404],
		['/_app/nothing', 404]
	] as const)('%s for a stranger', async ([path, status]) => {
		expectPage(await request(service.origin, { path, headers: { accept: html } }), status);
	});

	test.for([['/account'], ['/logout']])('%s for the signed-in', async ([path = '']) => {
		expectPage(await visitor.get(path), 200);
	});

	test('scripts and styles need this answer’s nonce', async () => {
		const policies = await Promise.all(
			[0, 1].map(async () =>
				String((await request(service.origin, { path: '/login' })).headers['content-security-policy'])
			)
		);
		for (const policy of policies) {
			expect(policy).toMatch(/script-src [^;]*'nonce-/);
			expect(policy).not.toMatch(/unsafe-(inline|eval)|\*|data:|http:/);
			for (const directive of [
				"default-src 'none'",
				"base-uri 'none'",
				"form-action 'self'",
				'trusted-types svelte-trusted-html'
			])
				expect(policy).toContain(directive);
		}
		expect(policies[0]).not.toBe(policies[1]);
	});

	test('every script on it has the nonce, and no element a handler', async () => {
		const { text, headers } = await request(service.origin, { path: '/login' });
		const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
		const scripts = text.match(/<script\b[^>]*>/g) ?? [];
		expect(scripts.length).toBeGreaterThan(0);
		for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
		expect(text).not.toMatch(/<[^>]+\son\w+=/);
	});
});

test('an answer about a person is never kept', async () => {
	const { sent } = await register(service.origin);
	const visitor = newVisitor(service.origin);
	const loggedIn = await visitor.post('/login', { email: sent.email, password: sent.password });
	expect(loggedIn.headers['cache-control']).toContain('no-store');
	for (const path of ['/account', '/account/__data.json', '/me']) {
		expect((await visitor.get(path)).headers['cache-control'], path).toContain('no-store');
	}
});

describe('logging out', () => {
	const proxied = useService({ env: { TRUSTED_PROXIES: '127.0.0.1' } });

	async function logOut(scheme: string) {
		const headers = { 'x-forwarded-proto': scheme };
		const visitor = newVisitor(proxied.origin);
		const entered = await visitor.post('/register', { ...newUser() }, headers);
		return { entered, left: await visitor.post('/logout', {}, headers) };
	}

	test('lets the browser forget what scripts kept, and its cookie, over https', async () => {
		const { entered, left } = await logOut('https');
		expect(entered.headers).not.toHaveProperty('clear-site-data');
		expect(left).toMatchObject({ status: 303, headers: { 'clear-site-data': '"storage"' } });
		expect(left.cookies.join()).toMatch(/^__Host-session=; .*Max-Age=0/);
	});

	test('says nothing of it over http, where browsers would complain', async () => {
		const { left } = await logOut('http');
		expect(left.status).toBe(303);
		expect(left.headers).not.toHaveProperty('clear-site-data');
	});
});
