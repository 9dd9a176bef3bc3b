import { expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { askAs, bearer, newMember } from '../support/people/member.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register } from '../support/people/users.ts';

const service = useService({ env: { RATE_LIMITS: 'off' } });

test.each([
	['both names', { first_name: 'Grace', last_name: 'Hopper' }, ['Grace', 'Hopper']],
	['the first name', { first_name: 'Grace' }, ['Grace', 'Lovelace']],
	['the last name', { last_name: ' Hopper ' }, ['Ada', 'Hopper']],
	['nothing', {}, ['Ada', 'Lovelace']],
	['names of any script', { first_name: '蘭', last_name: 'O’Brien-Žižek' }, ['蘭', 'O’Brien-Žižek']]
])('PATCH /me changes %s', async (_, json, names) => {
	const { sent, user } = await register(service.origin);
	const headers = bearer(await accessToken(service.origin, sent));
	const answer = await send(service.origin, 'PATCH /me', { json, headers });
	const [first_name, last_name] = names;
	expect([answer.status, answer.json]).toEqual([200, { ...user, first_name, last_name }]);
	expect(answer.headers['cache-control']).toBe('no-store');
	expect((await send(service.origin, 'GET /me', { headers })).json).toEqual(answer.json);
});

test('PATCH /me takes a browser’s session, but not from another site', async () => {
	const { visitor } = await newMember(service.origin);
	const json = { first_name: 'Grace' };
	expect((await askAs({ ...service, visitor }, 'PATCH /me', { json })).json.first_name).toBe('Grace');
	const headers = { 'sec-fetch-site': 'cross-site' };
	const foreign = await askAs({ ...service, visitor }, 'PATCH /me', { json: { first_name: 'Eve' }, headers });
	expectProblem(foreign, 403, 'cross_site_request');
	expect((await askAs({ ...service, visitor }, 'GET /me')).json.first_name).toBe('Grace');
});

test.each([
	[{ first_name: '' }, [['first_name', 'required']]],
	[
		{ first_name: '  ', last_name: 'x'.repeat(101) },
		[
			['first_name', 'required'],
			['last_name', 'too_long']
		]
	],
	[{ first_name: null }, [['first_name', 'required']]],
	[{ last_name: ['Hopper'] }, [['last_name', 'wrong_type']]],
	[{ first_name: 'a\nb' }, [['first_name', 'control_characters']]],
	[{ email: 'new@example.org' }, [['email', 'read_only']]],
	[
		{
			first_name: 'Grace',
			id: 'x',
			role: 'admin',
			password: 'another green umbrella',
			created_at: 0,
			email_verified: true
		},
		[
			['id', 'read_only'],
			['password', 'read_only'],
			['role', 'read_only'],
			['created_at', 'read_only'],
			['email_verified', 'read_only']
		]
	]
])('PATCH /me refuses %j whole', async (json, faults) => {
	const { sent, user } = await register(service.origin);
	const headers = bearer(await accessToken(service.origin, sent));
	const answer = await send(service.origin, 'PATCH /me', { json, headers });
	expectProblem(answer, 422, 'invalid_fields');
	const errors = answer.json.errors as { field: string; code: string }[];
	expect(errors.map(({ field, code }) => [field, code]).sort()).toEqual(faults.sort());
	expect((await send(service.origin, 'GET /me', { headers })).json).toEqual(user);
});

test('PATCH /me is for who is logged in, and takes JSON only', async () => {
	const json = { first_name: 'Grace' };
	expectProblem(await send(service.origin, 'PATCH /me', { json }), 401, 'authentication_required');
	expectProblem(
		await send(service.origin, 'PATCH /me', { json, headers: bearer('x') }),
		401,
		'invalid_token'
	);
	expectProblem(await send(service.origin, 'PATCH /me', { form: json }), 415, 'unsupported_media_type');
	expectProblem(await send(service.origin, 'PATCH /me', { json: [] }), 400, 'malformed_body');
});

test('the page changes names too, and keeps what was entered when it is wrong', async () => {
	const { visitor } = await newMember(service.origin);
	expect((await visitor.get('/account/profile')).text).toContain('value="Lovelace"');
	const wrong = await visitor.post('/account/profile', { first_name: '', last_name: 'Hopper' });
	expectPage(wrong, 422);
	expect(wrong.text).toContain('Enter your first name.');
	expect(wrong.text).toContain('value="Hopper"');
	const answer = await visitor.post('/account/profile', { first_name: 'Grace', last_name: 'Hopper' });
	expect([answer.status, answer.headers.location]).toEqual([303, '/account?done=names']);
	const page = await visitor.get('/account?done=names');
	expect(page.text).toMatch(/<h1>.*Hello, .*<bdi>Grace<\/bdi>.*<\/h1>/);
	expect(page.text).toContain('Your name has been changed.');
});

test('the page never changes a role', async () => {
	const { visitor } = await newMember(service.origin);
	const form = { first_name: 'Grace', last_name: 'Hopper', role: 'admin' };
	expectPage(await visitor.post('/account/profile', form), 422);
	expect((await askAs({ ...service, visitor }, 'GET /me')).json).toMatchObject({
		role: 'user',
		first_name: 'Ada'
	});
});
