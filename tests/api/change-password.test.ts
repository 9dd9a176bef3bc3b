import { describe, expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { grantAgain, meStatus, refreshWith } from '../support/people/grants.ts';
import { getToken, wrong } from '../support/service/limits.ts';
import { askAs, bearer, loggedIn, newMember, nextSecond } from '../support/people/member.ts';
import { expectProblem, incorrectPassword } from '../support/http/problem.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register } from '../support/people/users.ts';

const mail = await useMailServer();
const password = 'another green umbrella';

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
		expect(text).toContain('You were logged out everywhere else.');
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

	test('an access token changes the password too, and its own session remains valid', async () => {
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
		expect(answer.json.errors).toEqual([incorrectPassword]);
		await accessToken(service.origin, sent);
	});

	test('no other client can change the password', async () => {
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
