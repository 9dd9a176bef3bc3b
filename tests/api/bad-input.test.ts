import { afterAll, describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { newUser, uniqueEmail } from '../support/people/users.ts';

const service = useService();
const count = async () =>
	Number((await service.database.query('select count(*) as number from users'))[0]?.number);
const send = (path: string, type: string, body: string | Uint8Array) =>
	request(service.origin, { method: 'POST', path, body, headers: { 'content-type': type } });
const json = 'application/json';

// The log's errors fail the file by themselves (use-service.ts); this looks for what is less than that.
afterAll(() => {
	expect(service.logs().filter(({ err }) => err !== undefined)).toEqual([]);
	expect(service.output()).not.toMatch(/^\s+at /m);
	expect(service.output()).not.toContain('stack');
});

describe('an unusual password works', () => {
	test.for([
		['256 emoji', '🦄'.repeat(256)],
		['spaces', ' '.repeat(12)],
		['spaces around it', '  inner words  '],
		['quotes, signs and markup', `"'\`;--<script>&amp;%00\\0\${x}`],
		['other scripts', 'Ünïcödé パスワード 🦄'],
		['control characters', 'tab\tbell\u0007 line\nend'],
		['__proto__', '__proto__']
	])('%s', async ([, password = '']) => {
		const sent = newUser({ password });
		expect((await request(service.origin, { method: 'POST', path: '/register', json: sent })).status).toBe(
			201
		);
		const logIn = (fields: Record<string, string>) => [
			request(service.origin, { method: 'POST', path: '/token', json: fields }),
			request(service.origin, { method: 'POST', path: '/token', form: fields })
		];
		for (const answer of await Promise.all(logIn({ username: sent.email, password })))
			expect(answer.status).toBe(200);
		const shorter = [...password].slice(0, -1).join('');
		for (const answer of await Promise.all(logIn({ username: sent.email, password: shorter }))) {
			expectProblem(answer, 401, 'invalid_credentials');
		}
	});
});

describe('an invalid email address is refused', () => {
	const long = (length: number) => `${'a'.repeat(length - 12)}@example.org`;
	test.for([
		['a trailing dot', 'ada@example.org.', 'invalid'],
		['quotes', '"ada"@example.org', 'invalid'],
		['quotes and a space', '"ada lovelace"@example.org', 'invalid'],
		['255 characters', long(255), 'too_long'],
		['15,000 characters', long(15_000), 'too_long'],
		['254 characters of more bytes', long(254).replace('aa', 'éé'), 'too_long'],
		['a header to inject', 'ada@example.org\r\nBcc: eve@example.org', 'invalid'],
		['an invisible space', 'ada\u200b@example.org', 'invalid'],
		['two @', 'ada@evil.example@example.org', 'invalid'],
		['SQL', "' or 1=1 --", 'invalid']
	])('with %s', async ([, email, code]) => {
		const before = await count();
		const answer = await request(service.origin, {
			method: 'POST',
			path: '/register',
			json: newUser({ email })
		});
		expectProblem(answer, 422, 'invalid_fields');
		expect(answer.json.errors).toMatchObject([{ field: 'email', code }]);
		expect(await count()).toBe(before);
	});

	test('but the longest, homoglyphs and SQL’s signs are addresses like others', async () => {
		const stem = uniqueEmail('x');
		const addresses = [
			stem,
			stem.replace('x.', 'х.'),
			`${'a'.repeat(254 - stem.length)}${stem}`,
			`o'neil--%_${stem}`
		];
		for (const email of addresses) {
			const answer = await request(service.origin, {
				method: 'POST',
				path: '/register',
				json: newUser({ email })
			});
			expect(answer, answer.text).toMatchObject({ status: 201, json: { email } });
			const login = { email, password: newUser().password };
			expect((await request(service.origin, { method: 'POST', path: '/token', json: login })).status).toBe(
				200
			);
		}
	});

	test.for([["' or '1'='1"], ['%'], ['_'], ['ada'], ['ada@example.org\\'], [`"${'x'.repeat(200)}"`]])(
		'a login with %s is answered like one with an unknown address',
		async ([email]) => {
			const answer = await request(service.origin, {
				method: 'POST',
				path: '/token',
				json: { email, password: 'x' }
			});
			expectProblem(answer, 401, 'invalid_credentials');
		}
	);
});

describe('values of other shapes are refused, field by field', () => {
	test.for([
		[{ $gt: '' }],
		[['ada@example.org']],
		[[]],
		[{}],
		[0],
		[1e308],
		[false],
		[{ toString: 'x' }],
		[[['x']]]
	])('%j', async ([value]) => {
		for (const body of [
			{ email: value, password: 'x' },
			{ email: 'a@b.org', password: value },
			{ username: value, password: 'x' }
		]) {
			const answer = await request(service.origin, { method: 'POST', path: '/token', json: body });
			expectProblem(answer, 422, 'invalid_fields');
			expect(answer.json.errors).toMatchObject([{ code: 'wrong_type' }]);
		}
		for (const field of ['email', 'password', 'first_name', 'last_name']) {
			const body = { ...newUser(), [field]: value };
			const answer = await request(service.origin, { method: 'POST', path: '/register', json: body });
			expect(answer.json).toMatchObject({ code: 'invalid_fields', errors: [{ field, code: 'wrong_type' }] });
		}
	});

	test.for([
		['{"__proto__":{"email":"a@b.org","password":"x"}}'],
		['{"constructor":{"prototype":{"email":"a@b.org"}}}']
	])('%s gives no fields', async ([body = '']) => {
		const answer = await send('/token', json, body);
		expect(answer.json.errors).toMatchObject([{ code: 'required' }, { code: 'required' }]);
	});
});
