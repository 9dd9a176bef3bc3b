import { describe, expect, test } from 'vitest';
import { rawRequest, request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('on the wire', () => {
	test.for([
		['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed_request'],
		['a bad header', 'GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n', 400, 'malformed_request'],
		['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n\r\n', 400, 'malformed_request'],
		[
			'two lengths',
			'POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
			400,
			'malformed_request'
		],
		[
			'a length and chunks',
			'POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
			400,
			'malformed_request'
		],
		[
			'a bad chunk',
			'POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
			400,
			undefined
		],
		[
			'too long headers',
			`GET / HTTP/1.1\r\nHost: localhost\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`,
			431,
			'headers_too_large'
		]
	] as const)('%s is refused like everything else', async ([, bytes, status, code]) => {
		const answer = await rawRequest(service.origin, bytes);
		const [head = '', body = ''] = answer.split('\r\n\r\n');
		expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
		expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
		const id = /^x-request-id: (.+)$/im.exec(head)?.[1];
		expect(id).toMatch(uuid);
		if (code) expect(JSON.parse(body)).toMatchObject({ status, code, request_id: id });
	});

	test('HTTP/1.0 is answered', async () => {
		expect(await rawRequest(service.origin, 'GET /livez HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
	});

	test('an absolute target is answered as its path', async () => {
		expect((await request(service.origin, { path: `${service.origin}/livez` })).json).toEqual({
			status: 'ok'
		});
	});
});
