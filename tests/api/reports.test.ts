import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { startService, type Service } from '../support/service/service.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();
const modern = 'application/reports+json';
const older = 'application/csp-report';

function send({ origin }: Service, body: string, headers: Record<string, string> = {}) {
	return request(origin, {
		method: 'POST',
		path: '/reports',
		body,
		headers: { 'content-type': modern, ...headers }
	});
}

function violation(page: string, effectiveDirective = 'script-src-elem') {
	const documentURL = `http://localhost/${page}?token=geheim`;
	return { type: 'csp-violation', body: { documentURL, effectiveDirective, blockedURL: 'inline' } };
}

const linesOf = ({ logs }: Service, page: string) => logs().filter((line) => line.page === `/${page}`);

describe('a report', () => {
	test('is logged by page, directive and source, and answered with nothing', async () => {
		const headers = { 'sec-fetch-site': 'same-origin', origin: service.origin };
		const answer = await send(service, JSON.stringify([violation('one')]), headers);
		expect(answer).toMatchObject({ status: 204, text: '', cookies: [] });
		await expect.poll(() => linesOf(service, 'one')).toHaveLength(1);
		expect(linesOf(service, 'one')).toMatchObject([
			{ level: 'warn', page: '/one', directive: 'script-src-elem', blocked: 'inline' }
		]);
		expect(service.output()).not.toContain('geheim');
	});

	test('in the older form too', async () => {
		const report = { 'document-uri': 'http://localhost/two', 'effective-directive': 'img-src' };
		const body = JSON.stringify({ 'csp-report': { ...report, 'blocked-uri': 'https://evil.example/a?b' } });
		expect((await send(service, body, { 'content-type': older })).status).toBe(204);
		await expect.poll(() => linesOf(service, 'two')).toMatchObject([{ blocked: 'https://evil.example' }]);
	});

	test.for([['[]'], ['{}'], ['null'], ['7'], ['[{"type":"deprecation","body":{}}]']])(
		'that says nothing is answered all the same: %s',
		async ([body = '']) => {
			expect((await send(service, body)).status).toBe(204);
		}
	);

	test.for([
		['too large', 413, 'body_too_large', JSON.stringify(['x'.repeat(16 * 1024)]), {}],
		['no JSON', 400, 'malformed_body', 'hello', {}],
		['of another type', 415, 'unsupported_media_type', '[]', { 'content-type': 'application/json' }],
		['a form', 415, 'unsupported_media_type', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
		['from another site', 403, 'cross_site_request', '[]', { 'sec-fetch-site': 'cross-site' }]
	] as const)('is refused when it is %s', async ([, status, code, body, headers]) => {
		expectProblem(await send(service, body, headers), status, code);
	});
});

test('a flood of reports leaves ten lines, and none for its requests', async () => {
	const flooded = await startService({ engine: 'sqlite' });
	try {
		const body = JSON.stringify(Array(50).fill(violation('flood')));
		const answers = await Promise.all(Array.from({ length: 40 }, () => send(flooded, body)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
		await request(flooded.origin, { path: '/last' });
		await expect.poll(() => flooded.logs().some(({ path }) => path === '/last')).toBe(true);
		expect(linesOf(flooded, 'flood')).toHaveLength(10);
		expect(flooded.logs().filter(({ path }) => path === '/reports')).toEqual([]);
	} finally {
		await flooded.stop();
	}
});
