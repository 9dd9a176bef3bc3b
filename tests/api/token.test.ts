import { beforeAll, describe, expect, test } from 'vitest';
import { request, type Answer } from '../support/http/http.ts';
import { hashByHand } from '../support/people/phc.ts';
import { expectProblem } from '../support/http/problem.ts';
import { readByHand, secretKeyOf } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';
import { type NewUser, register, uniqueEmail } from '../support/people/users.ts';

// One user's wrong passwords are many here.
const service = useService({ env: { RATE_LIMITS: 'off' } });
let ada: NewUser;
let id: string;
beforeAll(async () => {
	const registered = await register(service.origin, { password: 'Äpfel & Birnen = 100%+' });
	ada = registered.sent;
	id = String(registered.user.id);
});

const postJson = (json: unknown) => request(service.origin, { method: 'POST', path: '/token', json });
const postForm = (form: Record<string, string>) =>
	request(service.origin, { method: 'POST', path: '/token', form });
const withPassword = (fields: Record<string, string>) => ({ ...fields, password: ada.password });

describe('a token is issued for', () => {
	test.for([
		['JSON with email', () => postJson(withPassword({ email: ada.email }))],
		['JSON with username', () => postJson(withPassword({ username: ada.email }))],
		['JSON with grant_type', () => postJson(withPassword({ username: ada.email, grant_type: 'password' }))],
		[
			'an address in capitals and spaces',
			() => postJson(withPassword({ email: ` ${ada.email.toUpperCase()} ` }))
		],
		['a form', () => postForm(withPassword({ username: ada.email }))],
		['a form with grant_type', () => postForm(withPassword({ grant_type: 'password', username: ada.email }))],
		[
			'a form with scope and client_id',
			() => postForm(withPassword({ username: ada.email, scope: '', client_id: 'x' }))
		],
		['a decomposed password', () => postJson({ email: ada.email, password: ada.password.normalize('NFD') })]
	] as const)('%s, without an Origin', async ([, send]) => {
		const answer = await send();
		expect(answer.status, answer.text).toBe(200);
		expect(answer.json).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 900 });
		expect(answer.headers['cache-control']).toBe('no-store');
		expect(answer.headers['content-type']).toBe('application/json');
		expect(answer.cookies).toEqual([]);
	});
});

test('the token is an RFC 9068 JWT, signed with the key and for 15 minutes', async () => {
	const before = Math.floor(Date.now() / 1000);
	const { json } = await postJson(withPassword({ email: ada.email }));
	const { header, claims, isGenuine } = readByHand(String(json.access_token), secretKeyOf(service));
	expect(isGenuine).toBe(true);
	expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt' });
	expect(claims).toEqual({
		iss: service.origin,
		aud: service.origin,
		sub: id,
		email: ada.email,
		role: 'user',
		client_id: 'public',
		iat: expect.any(Number),
		exp: Number(claims.iat) + 900,
		jti: expect.stringMatching(/^[\da-f-]{36}$/),
		sid: expect.stringMatching(/^[\da-f-]{36}$/)
	});
	expect(Number(claims.iat)).toBeGreaterThanOrEqual(before);
	expect(Number(claims.iat)).toBeLessThanOrEqual(Date.now() / 1000);
});

// That they take the same time: tests/timing/user-enumeration.test.ts.
describe('an unknown address and a wrong password', () => {
	const wrong = () => postJson({ email: ada.email, password: 'not the password' });
	const unknown = () => postJson({ email: uniqueEmail('none'), password: 'not the password' });

	test('are answered with the same status, headers and body', async () => {
		const [one, other] = await Promise.all([wrong(), unknown()]);
		expectProblem(one, 401, 'invalid_credentials');
		expect(one.json.detail).toBe('Invalid credentials');
		const comparable = ({ status, headers, json }: Answer) => ({
			status,
			headers: { ...headers, date: '', 'x-request-id': '' },
			json: { ...json, request_id: '' }
		});
		expect(comparable(other)).toEqual(comparable(one));
	});

	test('no part of the password will do', async () => {
		for (const password of [
			ada.password.slice(0, -1),
			`${ada.password} `,
			` ${ada.password}`,
			ada.password.toLowerCase()
		]) {
			expectProblem(await postJson({ email: ada.email, password }), 401, 'invalid_credentials');
		}
	});
});

describe('another grant type', () => {
	test.for([['client_credentials'], ['refresh_token'], ['authorization_code'], ['Password']])(
		'%j is refused as RFC 6749 §5.2 says',
		async ([grant_type = '']) => {
			for (const send of [postJson, postForm]) {
				const answer = await send({ grant_type, username: ada.email, password: ada.password });
				expect(answer.status).toBe(400);
				expect(answer.headers['content-type']).toBe('application/json');
				expect(answer.headers['cache-control']).toBe('no-store');
				expect(answer.json).toEqual({
					error: 'unsupported_grant_type',
					error_description: expect.stringMatching(/^[A-Z]/),
					code: 'unsupported_grant_type',
					request_id: answer.headers['x-request-id']
				});
			}
		}
	);
});

describe('at login a stored hash', () => {
	const stored = async () => {
		const [row] = await service.database.query('select hashed_password from users where id = ?', [id]);
		return String(row?.hashed_password);
	};
	const store = async (hash: string) => {
		await service.database.query('update users set hashed_password = ? where id = ?', [hash, id]);
		return hash;
	};
	const logIn = async (password = ada.password) => (await postJson({ email: ada.email, password })).status;

	test('of today’s parameters stays', async () => {
		const before = await store(hashByHand(ada.password, { memory: 19_456, passes: 2 }));
		expect(await logIn()).toBe(200);
		expect(await stored()).toBe(before);
	});

	test('that registering made stays', async () => {
		const { sent, user } = await register(service.origin);
		const read = () =>
			service.database.query('select hashed_password from users where id = ?', [String(user.id)]);
		const before = await read();
		expect((await postJson({ email: sent.email, password: sent.password })).status).toBe(200);
		expect(await read()).toEqual(before);
	});

	test('of stronger parameters stays', async () => {
		const before = await store(hashByHand(ada.password, { memory: 32_768, passes: 3 }));
		expect(await logIn()).toBe(200);
		expect(await stored()).toBe(before);
	});

	test('of weaker parameters is replaced, and the password remains valid', async () => {
		const weak = await store(hashByHand(ada.password, { memory: 8192, passes: 1 }));
		expect(await logIn('not the password')).toBe(401);
		expect(await stored()).toBe(weak);
		expect(await logIn()).toBe(200);
		expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await logIn()).toBe(200);
	});
});
