import { describe, expect, test } from 'vitest';
import { send } from '../support/api-requests.ts';
import { grantAgain, meStatus, refreshWith } from '../support/grants.ts';
import { request } from '../support/http.ts';
import { getToken, wrong } from '../support/limits.ts';
import { askAs, bearer, loggedIn, newMember, nextSecond } from '../support/member.ts';
import { expectPage, expectProblem } from '../support/problem.ts';
import { useMailServer } from '../support/use-mail-server.ts';
import { useService } from '../support/use-service.ts';
import { accessToken, register } from '../support/users.ts';

const mail = await useMailServer();
const password = 'another green umbrella';
const incorrect = [
	{ field: 'current_password', code: 'incorrect', detail: 'This is not your current password.' }
];

describe('shortly after logging in', () => {
	const service = useService({ env: mail.env });

	test('the password is changed, every other session ends, and the owner is told', async () => {
		const { sent, visitor } = await newMember(service.origin);
		const elsewhere = await loggedIn(service.origin, sent);
		const program = await grantAgain(service, sent, { offline: true });
		const plain = await accessToken(service.origin, sent);
		await nextSecond();
		const answer = await askAs({ ...service, visitor }, 'POST /me/password', { json: { password } });
		expect([answer.status, answer.text, answer.headers['cache-control']]).toEqual([204, '', 'no-store']);
		expect((await visitor.get('/account')).status).toBe(200);
		expect((await elsewhere.get('/account')).status).toBe(303);
		expect([await meStatus(service, program.access), await meStatus(service, plain)]).toEqual([401, 401]);
		expect((await refreshWith(service, program.refresh)).json.error).toBe('invalid_grant');
		expectProblem(await getToken(service, sent), 401, 'invalid_credentials');
		expect(await meStatus(service, await accessToken(service.origin, { ...sent, password }))).toBe(200);
		const { text, link } = await mail.waitFor(sent.email, /was changed/);
		expect(text).toContain('Everybody else was logged out.');
		expect(text).toContain(`${service.origin}/forgot-password`);
		expect([link, text.includes(password)]).toEqual([undefined, false]);
	});

	test('the page does the same', async () => {
		const { sent, visitor } = await newMember(service.origin);
		const answer = await visitor.post('/account/password', { password });
		expect([answer.status, answer.headers.location]).toEqual([303, '/account?done=password']);
		expect((await visitor.get('/account')).status).toBe(200);
		await accessToken(service.origin, { ...sent, password });
	});

	test('an access token does the same, and goes on with its own session', async () => {
		const { sent } = await register(service.origin);
		const [mine, other] = [
			await grantAgain(service, sent, { offline: true }),
			await grantAgain(service, sent, { offline: true })
		];
		await nextSecond();
		const answer = await send(service.origin, 'POST /me/password', {
			json: { password },
			headers: bearer(mine.access)
		});
		expect(answer.status).toBe(204);
		expect((await refreshWith(service, other.refresh)).status).toBe(400);
		const { json } = await refreshWith(service, mine.refresh);
		expect(await meStatus(service, String(json.access_token))).toBe(200);
	});

	test.each([
		[{}, 'required'],
		[{ password: 'short' }, 'too_short'],
		[{ password: 'password1' }, 'common'],
		[{ password: 'ada lovelace' }, 'personal'],
		[{ password: 7 }, 'wrong_type'],
		[{ password: 'x'.repeat(257) }, 'too_long']
	])('%j is refused, and nothing changes', async (json, code) => {
		const { sent, visitor } = await newMember(service.origin);
		const answer = await askAs({ ...service, visitor }, 'POST /me/password', { json });
		expectProblem(answer, 422, 'invalid_fields');
		expect(answer.json.errors).toMatchObject([{ field: 'password', code }]);
		await accessToken(service.origin, sent);
	});

	test('a current password that is shown without need has to be right', async () => {
		const { sent, visitor } = await newMember(service.origin);
		const json = { password, current_password: wrong };
		const answer = await askAs({ ...service, visitor }, 'POST /me/password', { json });
		expectProblem(answer, 422, 'invalid_fields');
		expect(answer.json.errors).toEqual(incorrect);
		await accessToken(service.origin, sent);
	});

	test('nobody else changes it', async () => {
		const json = { password };
		expectProblem(await send(service.origin, 'POST /me/password', { json }), 401, 'authentication_required');
		const { visitor } = await newMember(service.origin);
		const headers = bearer('x');
		expectProblem(
			await askAs({ ...service, visitor }, 'POST /me/password', { json, headers }),
			401,
			'invalid_token'
		);
		const foreign = { origin: 'https://evil.example' };
		const answer = await askAs({ ...service, visitor }, 'POST /me/password', { json, headers: foreign });
		expectProblem(answer, 403, 'cross_site_request');
	});
});

describe('later', () => {
	const service = useService({
		env: { ...mail.env, RECENT_LOGIN_MINUTES: '0', LOGIN_LIMIT: '6/1h', LOGIN_LIMIT_DEVICES: '4/1h' }
	});

	test.each([
		['POST /me/password', { password }],
		['POST /me/email', { email: 'new@example.org' }],
		['DELETE /me', undefined]
	])('%s needs the current password', async (operation, json) => {
		const { sent, visitor } = await newMember(service.origin);
		const headers = bearer(await accessToken(service.origin, sent));
		expectProblem(await askAs({ ...service, visitor }, operation, { json }), 403, 'recent_login_required');
		expectProblem(await send(service.origin, operation, { json, headers }), 403, 'recent_login_required');
		const bad = { ...json, current_password: wrong };
		const refused = await askAs({ ...service, visitor }, operation, { json: bad });
		expectProblem(refused, 422, 'invalid_fields');
		expect(refused.json.errors).toEqual(incorrect);
		expect(await accessToken(service.origin, sent)).toBeTruthy();
		const good = { ...json, current_password: sent.password };
		expect((await send(service.origin, operation, { json: good, headers })).status).toBeLessThan(300);
	});

	test('the page asks for it', async () => {
		const { sent, visitor } = await newMember(service.origin);
		expect((await visitor.get('/account/password')).text).toContain('name="current_password"');
		const refused = await visitor.post('/account/password', { password, current_password: wrong });
		expectPage(refused, 422);
		expect(refused.text).toContain('This is not your current password.');
		expect(refused.text).not.toContain(password);
		const answer = await visitor.post('/account/password', { password, current_password: sent.password });
		expect(answer.status).toBe(303);
		await accessToken(service.origin, { ...sent, password });
	});

	test('wrong ones are counted as tries to log in', async () => {
		const { sent } = await register(service.origin);
		const headers = bearer(await accessToken(service.origin, sent));
		const change = (current_password: string) =>
			send(service.origin, 'POST /me/password', { json: { password, current_password }, headers });
		expect([(await change(wrong)).status, (await change(wrong)).status]).toEqual([422, 422]);
		expect((await getToken(service, { ...sent, password: wrong })).status).toBe(401);
		const limited = await change(sent.password);
		expectProblem(limited, 429, 'too_many_requests');
		expect(limited.headers['ratelimit-policy']).toBe('"login-account-prefix";q=6;w=3600');
		expectProblem(await getToken(service, sent), 429, 'too_many_requests');
	});

	test('with no time at all even a browser that has just shown it is asked again', async () => {
		const { sent, visitor } = await newMember(service.origin);
		const json = { email: 'new@example.org', current_password: sent.password };
		expect((await askAs({ ...service, visitor }, 'POST /me/email', { json })).status).toBe(202);
		const again = await askAs({ ...service, visitor }, 'POST /me/email', { json: { email: json.email } });
		expectProblem(again, 403, 'recent_login_required');
	});
});

test('a log-in is recent for as long as the settings say, and is renewed by showing the password', async () => {
	const { startService } = await import('../support/service.ts');
	const service = await startService({ env: mail.env });
	try {
		const { sent, id, visitor } = await newMember(service.origin);
		const age = (minutes: number) =>
			service.database.query('update sessions set created_at = created_at - ? where user_id = ?', [
				minutes * 60_000,
				id
			]);
		const ask = (json: object) => askAs({ ...service, visitor }, 'POST /me/email', { json });
		await age(9);
		expect((await ask({ email: 'new@example.org' })).status).toBe(202);
		await age(1);
		expectProblem(await ask({ email: 'new@example.org' }), 403, 'recent_login_required');
		expect((await ask({ email: 'new@example.org', current_password: sent.password })).status).toBe(202);
		expect((await ask({ email: 'newer@example.org' })).status).toBe(202);
		const program = await request(service.origin, {
			method: 'POST',
			path: '/token',
			json: { ...sent, offline: true }
		});
		await age(10);
		const { json } = await refreshWith(service, String(program.json.refresh_token));
		const headers = bearer(String(json.access_token));
		const change = { json: { password }, headers };
		expectProblem(await send(service.origin, 'POST /me/password', change), 403, 'recent_login_required');
	} finally {
		await service.stop();
	}
});
