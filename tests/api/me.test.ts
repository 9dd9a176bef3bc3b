import { beforeAll, describe, expect, test } from 'vitest';
import { request, type Answer } from '../support/http/http.ts';
import { expectProblem } from '../support/http/problem.ts';
import { readByHand, secretKeyOf, signByHand } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const service = useService();
let user: Record<string, unknown>;
let token: string;
let cookie: string;
beforeAll(async () => {
	const registered = await register(service.origin);
	user = registered.user;
	token = await accessToken(service.origin, registered.sent);
	const visitor = newVisitor(service.origin);
	await visitor.post('/login', { email: registered.sent.email, password: registered.sent.password });
	cookie = `session=${visitor.cookies.get('session')}`;
});

const me = (headers: Record<string, string> = {}): Promise<Answer> =>
	request(service.origin, { path: '/me', headers });

describe('the user is told', () => {
	test.for([
		['to a bearer token', () => ({ authorization: `Bearer ${token}` })],
		['whatever the case of the scheme', () => ({ authorization: `bEARER ${token}` })],
		['to the browser’s session', () => ({ cookie })],
		['to a session among other cookies', () => ({ cookie: `a=b; ${cookie}; session2=x` })],
		[
			'to a bearer token beside a session that is over',
			() => ({ authorization: `Bearer ${token}`, cookie: 'session=x' })
		],
		['to a browser’s navigation as JSON too', () => ({ cookie, accept: 'text/html' })]
	] as const)('%s', async ([, headers]) => {
		const answer = await me(headers());
		expect(answer).toMatchObject({ status: 200, json: user });
		expect(Object.keys(answer.json)).toEqual([
			'id',
			'email',
			'first_name',
			'last_name',
			'role',
			'created_at'
		]);
		expect(answer.headers['cache-control']).toContain('no-store');
	});

	test('to HEAD without a body', async () => {
		const headers = { authorization: `Bearer ${token}` };
		const answer = await request(service.origin, { method: 'HEAD', path: '/me', headers });
		expect(answer).toMatchObject({ status: 200, text: '' });
	});
});

describe('a request is refused', () => {
	test.for([
		['without any credential', () => ({})],
		['a cookie that no session has', () => ({ cookie: `session=${'x'.repeat(43)}` })],
		['an empty cookie', () => ({ cookie: 'session=' })],
		['the cookie of https over http', () => ({ cookie: cookie.replace('session', '__Host-session') })],
		['Basic', () => ({ authorization: 'Basic YWRhOmFkYQ==' })],
		['Basic beside a valid session', () => ({ authorization: 'Basic YWRhOmFkYQ==', cookie })],
		['a token of another scheme', () => ({ authorization: `Token ${token}` })],
		['a token without a scheme', () => ({ authorization: token })],
		['a token as a cookie', () => ({ cookie: `session=${token}` })]
	] as const)('%s: 401 with the plain challenge', async ([, headers]) => {
		const answer = await me(headers());
		expectProblem(answer, 401, 'authentication_required');
		expect(answer.headers['www-authenticate']).toBe('Bearer');
	});

	test('a token in the query is not looked at', async () => {
		expectProblem(
			await request(service.origin, { path: `/me?access_token=${token}` }),
			401,
			'authentication_required'
		);
	});
});

describe('a token is refused', () => {
	/** A token by our own hand: the genuine one with changes. */
	function forge(changes: { header?: object; claims?: object; secret?: string }): string {
		const secret = secretKeyOf(service);
		const { header, claims } = readByHand(token, secret);
		return signByHand(
			{ ...header, ...changes.header },
			{ ...claims, ...changes.claims },
			changes.secret ?? secret
		);
	}
	const seconds = () => Math.floor(Date.now() / 1000);

	test('unless it is unchanged: the forge itself makes valid tokens', async () => {
		expect((await me({ authorization: `Bearer ${forge({})}` })).status).toBe(200);
		const late = forge({ claims: { exp: seconds() - 2 } });
		expect((await me({ authorization: `Bearer ${late}` })).status, 'within the clock skew').toBe(200);
	});

	test.for([
		['of alg none', () => forge({ header: { alg: 'none' } })],
		['of alg NONE', () => forge({ header: { alg: 'NONE' } })],
		['of another algorithm with the same key', () => forge({ header: { alg: 'HS512' } })],
		['of type JWT', () => forge({ header: { typ: 'JWT' } })],
		['of another key', () => forge({ secret: 'x'.repeat(64) })],
		['of another issuer', () => forge({ claims: { iss: 'https://evil.example' } })],
		['for another audience', () => forge({ claims: { aud: 'https://evil.example' } })],
		['without an end', () => forge({ claims: { exp: undefined } })],
		['that is over', () => forge({ claims: { exp: seconds() - 7 } })],
		['of no user', () => forge({ claims: { sub: '0195511e-7e40-7000-8000-000000000001' } })],
		['of a subject that is SQL', () => forge({ claims: { sub: "' or 1=1 --" } })],
		[
			'with a changed body',
			() => token.replace(/\.(.)/, (_, first: string) => `.${first === 'e' ? 'f' : 'e'}`)
		],
		['without its signature', () => token.slice(0, token.lastIndexOf('.') + 1)],
		['with a changed signature', () => token.slice(0, -6) + (token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA')],
		['that is no JWT', () => 'abc'],
		['that is empty', () => ''],
		['that is a long one', () => 'a'.repeat(8000)]
	] satisfies [string, () => string][])('%s, also beside a valid session', async ([, make]) => {
		for (const beside of [{}, { cookie }] as Record<string, string>[]) {
			const answer = await me({ authorization: `Bearer ${make()}`, ...beside });
			expectProblem(answer, 401, 'invalid_token');
			expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
		}
	});

	test('when its user is deleted', async () => {
		const gone = await register(service.origin);
		const authorization = `Bearer ${await accessToken(service.origin, gone.sent)}`;
		expect((await me({ authorization })).status).toBe(200);
		await service.database.query('delete from users where id = ?', [String(gone.user.id)]);
		expectProblem(await me({ authorization }), 401, 'invalid_token');
	});
});
