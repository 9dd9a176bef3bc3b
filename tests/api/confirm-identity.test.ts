import { describe, expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { refreshWith } from '../support/people/grants.ts';
import { request } from '../support/http/http.ts';
import { getToken, wrong } from '../support/service/limits.ts';
import { askAs, bearer, newMember } from '../support/people/member.ts';
import { expectPage, expectProblem, incorrectPassword } from '../support/http/problem.ts';
import { startService } from '../support/service/service.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register } from '../support/people/users.ts';

const mail = await useMailServer();
const password = 'another green umbrella';

describe('when the login is not recent', () => {
	const service = useService({
		env: { ...mail.env, RECENT_LOGIN_MINUTES: '0', LOGIN_LIMIT: '6/1h', LOGIN_LIMIT_KNOWN_BROWSERS: '4/1h' }
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
		expect(refused.json.errors).toEqual([incorrectPassword]);
		expect(await accessToken(service.origin, sent)).toBeTruthy();
		const valid = { ...json, current_password: sent.password };
		expect((await send(service.origin, operation, { json: valid, headers })).status).toBeLessThan(300);
	});

	test.each([
		['POST /me/password', { password: '', current_password: '' }, ['current_password', 'password']],
		['POST /me/email', { email: '', current_password: '' }, ['email', 'current_password']]
	])('%s names all missing fields in one answer', async (operation, json, fields) => {
		const { visitor } = await newMember(service.origin);
		const { json: problem } = await askAs({ ...service, visitor }, operation, { json });
		expect(problem.errors).toEqual(
			fields.map((field) => expect.objectContaining({ field, code: 'required' }))
		);
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

test('a login is recent for the configured time, and the password renews it', async () => {
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
