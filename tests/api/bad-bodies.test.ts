import { Agent } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { rawRequest, request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser } from '../support/people/users.ts';

const service = useService();
const count = async () =>
	Number((await service.database.query('select count(*) as number from users'))[0]?.number);
const send = (path: string, type: string, body: string | Uint8Array) =>
	request(service.origin, { method: 'POST', path, body, headers: { 'content-type': type } });
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

// The log's errors fail the file by themselves (use-service.ts); this looks for what is less than that.
afterAll(() => {
	expect(service.logs().filter(({ err }) => err !== undefined)).toEqual([]);
	expect(service.output()).not.toMatch(/^\s+at /m);
	expect(service.output()).not.toContain('stack');
});

const valid = JSON.stringify(newUser());
const bytes = (...parts: (string | number[])[]) =>
	Buffer.concat(parts.map((part) => Buffer.from(part as string)));

const malformed: [string, string, string | Uint8Array][] = [
	['no body', json, ''],
	['half an object', json, valid.slice(0, 40)],
	['a list', json, `[${valid}]`],
	['text', json, '"ada@example.org"'],
	['null', json, 'null'],
	['a form', json, 'email=ada%40example.org&password=correct+horse'],
	['a NUL in a field', json, valid.replace('correct', 'corr\\u0000ect')],
	['a NUL in an unknown field', json, valid.replace('{', '{"x":"\\u0000",')],
	['a raw NUL', json, valid.replace('correct', 'corr\0ect')],
	['half a surrogate pair', json, valid.replace('correct', '\\ud83e')],
	['8,000 lists in each other', json, `{"email":${'['.repeat(8000)}${']'.repeat(8000)}}`],
	['8,000 lists never closed', json, '['.repeat(16_000)],
	['bytes that are not UTF-8', json, bytes('{"email":"', [0xff, 0xfe], '@example.org"}')],
	['Latin-1', json, bytes('{"email":"ren', [0xe9], '@example.org"}')],
	['UTF-16', json, Buffer.from(valid, 'utf16le')],
	['a NUL in a form', form, 'email=ada%40example.org&password=correct%00horse'],
	['a field twice', form, 'email=ada%40example.org&email=eve%40example.org&password=x'],
	['a field twice, once empty', form, 'password=&email=a&password=x'],
	['an escape that is not UTF-8', form, 'email=ren%E9%40example.org&password=x'],
	['bytes in a form that are not UTF-8', form, bytes('email=ren', [0xe9], '@example.org&password=x')],
	['half an escape', form, 'email=ada%4&password=x']
];

describe.each([['/register'], ['/token'], ['/login']])('POST %s', (path) => {
	const types = { '/register': [json], '/token': [json, form], '/login': [form] }[path] ?? [];
	test.for(malformed.filter(([, type]) => types.includes(type)))(
		'refuses %s as malformed',
		async ([, type, body]) => {
			const before = await count();
			const answer = await send(path, type, body);
			expect(answer.status, answer.text).toBe(400);
			if (path !== '/login') expectProblem(answer, 400, 'malformed_body');
			expect(await count()).toBe(before);
		}
	);

	test('refuses multipart, broken or whole', async () => {
		for (const body of [
			'',
			'--x\r\nbroken',
			'--x\r\ncontent-disposition: form-data; name="email"\r\n\r\na\r\n--x--\r\n'
		]) {
			expect((await send(path, 'multipart/form-data; boundary=x', body)).status).toBe(415);
		}
	});
});

describe('a body over 16 KiB', () => {
	const mebibyte = JSON.stringify({ ...newUser(), first_name: 'x'.repeat(2 ** 20) });
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	afterAll(() => agent.destroy());

	test.for([
		['/register', json],
		['/token', json],
		['/token', form]
	] as const)('is refused by %s as %s, and the next request is answered', async ([path, type]) => {
		for (const framing of [{}, { 'transfer-encoding': 'chunked' }] as Record<string, string>[]) {
			const headers = { 'content-type': type, ...framing };
			expectProblem(
				await request(service.origin, { method: 'POST', path, body: mebibyte, headers, agent }),
				413,
				'body_too_large'
			);
			expect((await request(service.origin, { path: '/livez', agent })).status).toBe(200);
		}
	});

	test('is refused before it has come', async () => {
		const head = `POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${json}\r\nContent-Length: 1000000000\r\n\r\n`;
		expect(await rawRequest(service.origin, `${head}${'x'.repeat(20_000)}`, { maxWaitMs: 1000 })).toMatch(
			/^HTTP\/1\.1 413 /
		);
	});

	test('of exactly that size is read', async () => {
		const body = JSON.stringify({ email: '' }).padEnd(16 * 1024);
		expectProblem(await send('/register', json, body), 422, 'invalid_fields');
		expectProblem(await send('/register', json, `${body} `), 413, 'body_too_large');
	});
});

test('a body that stops half-way writes nothing, and the service continues', async () => {
	const before = await count();
	for (const [length, part] of [
		[valid.length, valid.slice(0, 40)],
		[valid.length + 1, valid],
		[valid.length, '']
	] as const) {
		const head = `POST /register HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${json}\r\nContent-Length: ${length}\r\n\r\n`;
		expect(await rawRequest(service.origin, head + part, { thenHangUp: true })).toBe('');
	}
	const gone = () => service.logs().filter(({ peer_gone }) => peer_gone).length;
	await expect.poll(gone).toBe(3);
	expect(await count()).toBe(before);
});
