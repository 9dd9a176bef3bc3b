import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rawRequest, request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();

test.each([
	['TRACE', '/register', 405, 'GET, HEAD, POST'],
	['PROPFIND', '/token', 405, 'POST'],
	['PROPFIND', '/nothing', 404, undefined],
	['POST', '/favicon.svg', 405, 'GET, HEAD'],
	['POST', '/login/__data.json', 405, 'GET, HEAD'],
	['GET', '/login/__route.js', 404, undefined],
	['GET', '/me/__data.json', 404, undefined],
	['GET', '/_app/immutable', 404, undefined]
])('%s %s is answered with %i', async (method, target, status, allow) => {
	const answer = await request(service.origin, { method, path: target });
	expect(answer.status).toBe(status);
	expect(answer.headers.allow).toBe(allow);
	expect(answer.headers['x-request-id']).toBeDefined();
	expect(answer.headers['x-content-type-options']).toBe('nosniff');
	expect(answer.json.code).toBe(status === 404 ? 'not_found' : 'method_not_allowed');
});

test.each(['/login?/default', '/login?/foo', '/register?/x=1'])(
	'a form cannot name an action: %s',
	async (target) => {
		const answer = await request(service.origin, { method: 'POST', path: target, form: { email: 'a' } });
		expect(answer.status).toBe(404);
	}
);

test('an unknown expectation is ignored', async () => {
	const answer = await request(service.origin, { path: '/livez', headers: { expect: 'foo' } });
	expect(answer.status).toBe(200);
});

test.each(['bytes=9-1', 'bytes=-', 'bytes=5-2,0-', 'x', 'bytes=999999999-'])(
	'a file is sent whole, whatever range is asked for: %s',
	async (range) => {
		const answer = await request(service.origin, { path: '/favicon.svg', headers: { range } });
		expect(answer.status).toBe(200);
		expect(answer.text).toMatch(/<\/svg>\s*$/);
	}
);

test('no client can open a tunnel', async () => {
	const answer = await rawRequest(
		service.origin,
		'CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n'
	);
	expect(answer).toMatch(/^HTTP\/1\.1 400 /);
	expect(answer).toContain('malformed_request');
});

test('what follows a request and is none is not answered into the answer', async () => {
	const whole = 'GET /nothing HTTP/1.0\r\nHost: localhost\r\n\r\n';
	for (let round = 0; round < 20; round++) {
		const answer = await rawRequest(service.origin, `${whole}nonsense\r\n\r\n`);
		expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
	}
});

test('requests that come together are answered one after the other, in their order', async () => {
	const paths = ['/livez', '/nothing', '/robots.txt', '/login', '/readyz', '/favicon.svg', '/me'];
	const post =
		'POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';
	const reads = paths.map((each) => `GET ${each} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
	const last = 'GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
	const answer = await rawRequest(service.origin, [...reads, post, last].join(''));
	const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => Number(status));
	expect(statuses).toEqual([200, 404, 200, 200, 200, 200, 401, 422, 404]);
});

test('two Host headers are refused', async () => {
	const answer = await rawRequest(
		service.origin,
		'GET /login HTTP/1.1\r\nHost: localhost\r\nHost: other\r\nConnection: close\r\n\r\n'
	);
	expect(answer).toMatch(/^HTTP\/1\.1 400 /);
	expect(answer).toContain('malformed_request');
});

test('a connection that does not speak HTTP is in the log under its request id', async () => {
	const answer = await rawRequest(service.origin, 'nonsense\r\n\r\n');
	const id = /x-request-id: (\S+)/.exec(answer)?.[1];
	await expect.poll(() => service.logs().some(({ request_id }) => request_id === id)).toBe(true);
});

test('a long path does not hold the others up', async () => {
	const long = `/${'a'.repeat(15_000)}`;
	const answers = await Promise.all(
		Array.from({ length: 20 }, () => request(service.origin, { path: long }))
	);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
	const line = service.logs().find(({ path: logged }) => String(logged).startsWith('/aaaa'));
	expect(String(line?.path).length).toBeLessThanOrEqual(200);
});

test.each(['', 'abc'])('a generated key that has become "%s" stops the start', async (content) => {
	const first = await startService({ engine: 'sqlite' });
	await first.kill('SIGTERM');
	writeFileSync(path.join(first.dataDir, 'secret-key'), content);
	const second = await startService({ until: 'spawned', successorOf: first });
	expect(await second.exited).toBe(78);
	expect(second.output()).toContain('secret-key is too short for HS256: restore it, or delete it');
	await second.stop();
	await first.stop();
});
