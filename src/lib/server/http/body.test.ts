import { describe, expect, test } from 'vitest';
import { formType, jsonType, maxBodyBytes, readFields } from './body.ts';

function read(type: string | undefined, body: BodyInit | undefined, types = [jsonType, formType]) {
	const headers = new Headers(type === undefined ? {} : { 'content-type': type });
	const request = new Request('http://localhost/', { method: 'POST', headers, body });
	// The platform fills in a type for text, which a client that sends none would not have.
	if (type === undefined) request.headers.delete('content-type');
	return readFields(request, types);
}

const json = (body: BodyInit) => read(jsonType, body);
const form = (body: BodyInit) => read(formType, body);
const fill = (length: number) => JSON.stringify({ a: 'x'.repeat(length - 8) });

describe('a JSON object is read', () => {
	test.for([
		[
			'{"email":"ada@example.org","n":1,"deep":{"a":[null]}}',
			{ email: 'ada@example.org', n: 1, deep: { a: [null] } }
		],
		['{}', {}],
		[' \n{"a":"é🦄"}\n', { a: 'é🦄' }],
		['{"a":"\\ud83e\\udd84"}', { a: '🦄' }]
	] as const)('%s', async ([body, value]) => {
		expect(await json(body)).toEqual({ ok: true, value });
	});

	test.for([['application/json; charset=utf-8'], ['Application/JSON'], ['application/json ;charset=UTF-8']])(
		'as %s',
		async ([type]) => {
			expect(await read(type, '{"a":"b"}')).toEqual({ ok: true, value: { a: 'b' } });
		}
	);

	test('with __proto__ as a member like any other', async () => {
		const outcome = await json('{"__proto__":{"role":"admin"},"constructor":"x"}');
		if (!outcome.ok) throw new Error(outcome.reason);
		expect(outcome.value.role).toBeUndefined();
		expect(Object.keys(outcome.value)).toEqual(['__proto__', 'constructor']);
		expect(({} as Record<string, unknown>).role).toBeUndefined();
	});

	test('of exactly the limit', async () => {
		expect(fill(maxBodyBytes)).toHaveLength(maxBodyBytes);
		expect(await json(fill(maxBodyBytes))).toMatchObject({ ok: true });
	});
});

describe('a form is read', () => {
	test.for([
		['email=ada%40example.org&password=a+b%2Bc', { email: 'ada@example.org', password: 'a b+c' }],
		['', {}],
		['&&a=1&&', { a: '1' }],
		['a', { a: '' }],
		['a=', { a: '' }],
		['a=b=c', { a: 'b=c' }],
		['a=%C3%A9&b=é', { a: 'é', b: 'é' }],
		['__proto__=x', Object.fromEntries([['__proto__', 'x']])]
	] as const)('%s', async ([body, value]) => {
		expect(await form(body)).toEqual({ ok: true, value });
	});
});

describe('a body is malformed', () => {
	test.for([
		['nothing', jsonType, ''],
		['half an object', jsonType, '{"email":"ada@exam'],
		['a list', jsonType, '[{"email":"a"}]'],
		['a string', jsonType, '"email"'],
		['a number', jsonType, '1'],
		['null', jsonType, 'null'],
		['a form called JSON', jsonType, 'email=ada'],
		['JavaScript', jsonType, "{email:'ada'}"],
		['JSON with more after it', jsonType, '{} {}'],
		['NaN', jsonType, '{"a":NaN}'],
		['a NUL in a value', jsonType, '{"a":"b\\u0000c"}'],
		['a NUL in a name', jsonType, '{"a\\u0000":"b"}'],
		['a NUL deep inside', jsonType, '{"a":{"b":["\\u0000"]}}'],
		['half a surrogate pair', jsonType, '{"a":"\\ud800"}'],
		['the halves of a pair in the wrong order', jsonType, '{"a":"\\udd84\\ud83e"}'],
		['16,000 lists in each other', jsonType, `{"a":${'['.repeat(8000)}${']'.repeat(8000)}`],
		['a NUL in a form', formType, 'a=b%00c'],
		['a NUL in a form’s name', formType, 'a%00=b'],
		['a raw NUL in a form', formType, 'a=b\0c'],
		['a field that comes twice', formType, 'email=ada%40example.org&email=eve%40example.org'],
		['a field that comes twice in two spellings', formType, 'email=a&%65mail=b'],
		['half an escape', formType, 'a=%4'],
		['an escape that is not hex', formType, 'a=%zz'],
		['an escape that is not UTF-8', formType, 'a=%ff'],
		['an overlong escape', formType, 'a=%c0%80'],
		['an escaped surrogate', formType, 'a=%ed%a0%80']
	])('%s', async ([, type, body]) => {
		expect(await read(type, body)).toEqual({ ok: false, reason: 'malformed_body' });
	});

	test.for([
		['a lone continuation byte', [0x80]],
		['an overlong NUL', [0xc0, 0x80]],
		['a surrogate', [0xed, 0xa0, 0x80]],
		['Latin-1', [0xe9]]
	] as const)('bytes that are not UTF-8: %s', async ([, bytes]) => {
		const wrap = (before: string, after: string) =>
			Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
		expect(await json(wrap('{"a":"', '"}'))).toEqual({ ok: false, reason: 'malformed_body' });
		expect(await form(wrap('a=', ''))).toEqual({ ok: false, reason: 'malformed_body' });
	});
});

test.for([
	[undefined],
	[''],
	['text/plain'],
	['text/json'],
	['application/problem+json'],
	['application/jsonp'],
	['multipart/form-data; boundary=x'],
	['application/octet-stream'],
	['text/plain; a=application/json']
])('a body of type %j is not supported', async ([type]) => {
	expect(await read(type, '{"a":"b"}')).toEqual({ ok: false, reason: 'unsupported_media_type' });
});

test('only the types that the caller names are supported', async () => {
	expect(await read(formType, 'a=b', [jsonType])).toEqual({ ok: false, reason: 'unsupported_media_type' });
});

test('a byte over the limit is too much', async () => {
	expect(await json(fill(maxBodyBytes + 1))).toEqual({ ok: false, reason: 'body_too_large' });
});
