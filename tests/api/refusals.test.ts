import { describe, expect, test } from 'vitest';
import { request, type RequestOptions } from '../support/http/http.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, register } from '../support/people/users.ts';

const service = useService();
const html = 'text/html,application/xhtml+xml,*/*;q=0.8';
const formType = 'application/x-www-form-urlencoded';

describe('a refusal', () => {
	const json = { 'content-type': 'application/json' };
	test.for([
		[400, 'malformed_body', '/register', { headers: json, body: '{' }],
		[
			400,
			'malformed_body',
			'/token',
			{ headers: { 'content-type': formType }, body: 'username=a&username=b' }
		],
		[401, 'authentication_required', '/me', { method: 'GET' }],
		[401, 'invalid_token', '/me', { method: 'GET', headers: { authorization: 'Bearer x' } }],
		[401, 'invalid_credentials', '/token', { json: { email: 'unknown@example.org', password: 'x' } }],
		[403, 'cross_site_request', '/token', { json: {}, headers: { origin: 'null' } }],
		[404, 'not_found', '/nothing', { method: 'GET' }],
		[405, 'method_not_allowed', '/token', { method: 'GET' }],
		[413, 'body_too_large', '/register', { headers: json, body: 'x'.repeat(16 * 1024 + 1) }],
		[415, 'unsupported_media_type', '/token', { headers: { 'content-type': 'text/plain' }, body: '{}' }],
		[422, 'invalid_fields', '/register', { json: {} }],
		[422, 'invalid_fields', '/token', { json: {} }],
		[422, 'role_not_allowed', '/register', { json: { ...newUser(), role: 'admin' } }]
	] as const)('%d %s is a problem document', async ([status, code, path, options]) => {
		const answer = await request(service.origin, { method: 'POST', path, ...(options as RequestOptions) });
		expectProblem(answer, status, code);
		expect(answer.headers['cache-control']).toContain('no-store');
	});

	test('409 email_taken is a problem document', async () => {
		const { sent } = await register(service.origin);
		expectProblem(
			await request(service.origin, { method: 'POST', path: '/register', json: sent }),
			409,
			'email_taken'
		);
	});

	test('has a page behind its type that says the same', async () => {
		const { json } = await request(service.origin, { path: '/nothing' });
		const page = await request(service.origin, { path: String(json.type), headers: { accept: html } });
		expectPage(page, 200);
		expect(page.text).toContain(String(json.detail));
	});

	test.for([
		['/problems/nothing'],
		['/problems/not_found'],
		['/problems/constructor'],
		['/problems/__proto__']
	])('of a code that is none has no page: %s', async ([path = '']) => {
		expectPage(await request(service.origin, { path, headers: { accept: html } }), 404);
	});
});

describe('all wrong fields are named in one answer', () => {
	test.for([
		['nothing', {}, ['email required', 'first_name required', 'last_name required', 'password required']],
		[
			'empty text',
			{ email: '', first_name: ' ', last_name: '', password: '' },
			['email required', 'first_name required', 'last_name required', 'password required']
		],
		['null', { ...newUser(), first_name: null }, ['first_name required']],
		[
			'other types',
			{ email: ['a'], first_name: 1, last_name: true, password: { $gt: '' } },
			['email wrong_type', 'first_name wrong_type', 'last_name wrong_type', 'password wrong_type']
		],
		[
			'too much',
			{
				email: `${'a'.repeat(250)}@a.org`,
				first_name: 'x'.repeat(101),
				last_name: 'x'.repeat(101),
				password: 'x'.repeat(257)
			},
			['email too_long', 'first_name too_long', 'last_name too_long', 'password too_long']
		],
		[
			'too little and no address',
			{ ...newUser(), email: 'ada', password: '1234567' },
			['email invalid', 'password too_short']
		],
		['a common password', { ...newUser(), password: 'Password' }, ['password common']],
		['a password that is the name', { ...newUser(), password: 'ada lovelace' }, ['password personal']],
		['the name with a year', { ...newUser(), password: 'L0velace1815!' }, ['password personal']],
		['the name of the service', { ...newUser(), password: 'User.Management1' }, ['password personal']],
		[
			'a password that is the name, beside a wrong address',
			{ ...newUser(), email: 'ada', password: 'Ada Lovelace' },
			['email invalid', 'password personal']
		],
		['control characters', { ...newUser(), last_name: 'Love\u0007lace' }, ['last_name control_characters']]
	] as const)('%s', async ([, json, expected]) => {
		const answer = await request(service.origin, { method: 'POST', path: '/register', json });
		expectProblem(answer, 422, 'invalid_fields');
		const errors = answer.json.errors as { field: string; code: string; detail: string }[];
		expect(errors.map(({ field, code }) => `${field} ${code}`).toSorted()).toEqual(expected.toSorted());
		for (const error of errors) {
			expect(Object.keys(error)).toEqual(['field', 'code', 'detail']);
			expect(error.detail).toMatch(/^[A-Z].*\.$/);
		}
	});

	test('with the limit in the sentence', async () => {
		const json = { ...newUser(), password: '1234567', first_name: 'x'.repeat(101) };
		const answer = await request(service.origin, { method: 'POST', path: '/register', json });
		const details = (answer.json.errors as { detail: string }[]).map(({ detail }) => detail);
		expect(details.join()).toMatch(/\b8\b/);
		expect(details.join()).toMatch(/\b100\b/);
	});

	test('/token names the field as the caller did', async () => {
		const send = (json: unknown) => request(service.origin, { method: 'POST', path: '/token', json });
		expect((await send({ username: '', password: 'x' })).json).toMatchObject({
			errors: [{ field: 'username' }]
		});
		expect((await send({ email: 7, password: 'x' })).json).toMatchObject({
			errors: [{ field: 'email', code: 'wrong_type' }]
		});
	});
});
