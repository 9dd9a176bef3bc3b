import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { readByHand, secretKeyOf } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';
import { register } from '../support/people/users.ts';

const service = useService();

type Body = Record<string, unknown>;
const postJson = (json: Body, { origin } = service) =>
	request(origin, { method: 'POST', path: '/token', json });
const postForm = (form: Record<string, string>) =>
	request(service.origin, { method: 'POST', path: '/token', form });
const refresh = (refresh_token: unknown, at = service) =>
	postJson({ grant_type: 'refresh_token', refresh_token }, at);

async function logIn(extra: Body = { offline: true }) {
	const { sent, user } = await register(service.origin);
	const answer = await postJson({ email: sent.email, password: sent.password, ...extra });
	return { sent, user, answer, token: String(answer.json.refresh_token) };
}

/** As OAuth clients read it (RFC 6749 §5.2). */
const oauthError = (error: string) => ({
	status: 400,
	json: {
		error,
		code: error,
		error_description: expect.stringMatching(/^[A-Z]/),
		request_id: expect.any(String)
	}
});

test('a refresh token is issued only to a client that asks for it', async () => {
	const { answer, sent } = await logIn();
	expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
	expect(answer.json).toEqual({
		access_token: expect.any(String),
		token_type: 'Bearer',
		expires_in: 900,
		refresh_token: expect.stringMatching(/^[\w-]{43}\.[\w-]{43}$/)
	});
	const form = { username: sent.email, password: sent.password };
	expect((await postForm({ ...form, scope: 'email offline_access' })).json.refresh_token).toBeTypeOf(
		'string'
	);
	for (const without of [
		await postForm(form),
		await postForm({ ...form, scope: 'email' }),
		await postJson({ email: sent.email, password: sent.password, offline: false })
	]) {
		expect(without.status).toBe(200);
		expect(without.json).not.toHaveProperty('refresh_token');
	}
	expect(await postJson({ email: sent.email, password: sent.password, offline: 'yes' })).toMatchObject({
		status: 422,
		json: { errors: [{ field: 'offline', code: 'wrong_type' }] }
	});
});

test.each([
	['JSON', refresh],
	['a form', (token: string) => postForm({ grant_type: 'refresh_token', refresh_token: token })]
])('with %s it is exchanged for the next tokens of its session', async (_, exchange) => {
	const { token, user, answer } = await logIn();
	const next = await exchange(token);
	expect(next).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
	expect(next.json.refresh_token).not.toBe(token);
	const [first, second] = [answer, next].map(
		({ json }) => readByHand(String(json.access_token), secretKeyOf(service)).claims
	);
	expect(second).toMatchObject({ sub: user.id, sid: first?.sid, iss: service.origin });
	expect(second?.jti).not.toBe(first?.jti);
	const me = await request(service.origin, {
		path: '/me',
		headers: { authorization: `Bearer ${String(next.json.access_token)}` }
	});
	expect(me).toMatchObject({ status: 200, json: user });
});

describe('is refused as RFC 6749 §5.2 says', () => {
	test.for([
		['invalid_request', { grant_type: 'refresh_token' }],
		['invalid_request', { grant_type: 'refresh_token', refresh_token: '' }],
		['invalid_request', { grant_type: 'refresh_token', refresh_token: ['x'] }],
		['invalid_grant', { grant_type: 'refresh_token', refresh_token: 'x' }],
		['invalid_grant', { grant_type: 'refresh_token', refresh_token: 'x'.repeat(16_000) }],
		['invalid_grant', { grant_type: 'refresh_token', refresh_token: `${'x'.repeat(43)}.${'y'.repeat(43)}` }]
	] as const)('%s: %j', async ([error, body]) => {
		const answer = await postJson({ ...body });
		expect(answer).toMatchObject(oauthError(error));
		expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
	});

	test('one that was used before: its session ends, and the log says so', async () => {
		const { token, user } = await logIn();
		const next = String((await refresh(token)).json.refresh_token);
		// As if half a minute had passed.
		await service.database.query('update sessions set refreshed_at = refreshed_at - 31000');
		expect(await refresh(token)).toMatchObject(oauthError('invalid_grant'));
		expect(await refresh(next)).toMatchObject(oauthError('invalid_grant'));
		const events = service.logs().filter(({ event }) => event === 'refresh_token.reused');
		expect(events).toMatchObject([{ user_id: user.id }]);
		expect(service.output()).not.toContain(token);
		expect(service.output()).not.toContain(next);
	});
});

test('a refresh token that is used fifty times concurrently, on two instances, gives one successor', async () => {
	const other = await startService({ successorOf: service, env: { ORIGIN: service.origin } });
	const { token } = await logIn();
	const answers = await Promise.all(
		Array.from({ length: 50 }, (_, index) => refresh(token, index % 2 ? service : other))
	);
	expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
	const successors = new Set(answers.map(({ json }) => String(json.refresh_token)));
	expect(successors.size).toBe(1);
	const [next] = successors;
	expect((await refresh(next, other)).status).toBe(200);
	expect(await other.stop()).toBe(0);
});

test('it says when the session ends: after the days of the settings', async () => {
	const dayMs = 24 * 60 * 60 * 1000;
	const strict = await startService({ env: { REFRESH_TOKEN_DAYS: '3', REFRESH_TOKEN_IDLE_DAYS: '2' } });
	const { sent } = await register(strict.origin);
	const { json } = await postJson({ email: sent.email, password: sent.password, offline: true }, strict);
	const [row] = await strict.database.query('select created_at, expires_at from sessions');
	expect(Number(row?.expires_at) - Number(row?.created_at)).toBe(2 * dayMs);
	await strict.database.query('update sessions set created_at = created_at - ?', [2 * dayMs]);
	expect((await refresh(json.refresh_token, strict)).status).toBe(200);
	const [later] = await strict.database.query('select created_at, expires_at from sessions');
	expect(Number(later?.expires_at) - Number(later?.created_at)).toBe(3 * dayMs);
	expect(await strict.stop()).toBe(0);
});

test('an access token does not outlive its session', async () => {
	const { token } = await logIn();
	const [row] = await service.database.query('select id, created_at from sessions order by id desc');
	const tenMinutesBeforeTheEnd = Date.now() - (30 * 24 * 60 - 10) * 60 * 1000;
	const change = 'update sessions set created_at = ? where id = ?';
	await service.database.query(change, [tenMinutesBeforeTheEnd, String(row?.id)]);
	const { json } = await refresh(token);
	const { iat, exp, sid } = readByHand(String(json.access_token), secretKeyOf(service)).claims;
	expect(sid).toBe(row?.id);
	expect(json.expires_in).toBe(Number(exp) - Number(iat));
	expect(json.expires_in).toBeLessThanOrEqual(600);
	expect(json.expires_in).toBeGreaterThan(570);
	const late = await refresh(json.refresh_token);
	expect(late.json.expires_in).toBeLessThanOrEqual(600);
});
