import { describe, expect, test } from 'vitest';
import { claimsOf } from '../support/people/grants.ts';
import { request } from '../support/http/http.ts';
import { askAs, bearer, loggedIn, newMember } from '../support/people/member.ts';
import { expectProblem } from '../support/http/problem.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, newUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const env = { ...mail.env, RATE_LIMITS: 'off' };

describe('where verification is optional', () => {
	const service = useService({ env: { ...env, EMAIL_VERIFICATION: 'optional' } });

	test('a new user is logged in immediately, is asked to verify by email, and is then shown as verified', async () => {
		const { sent, user } = await register(service.origin);
		expect(user.email_verified).toBe(false);
		const before = await accessToken(service.origin, sent);
		expect(claimsOf(before).email_verified).toBe(false);
		const { link } = await mail.waitFor(sent.email, /Confirm your email/);
		const visitor = await loggedIn(service.origin, sent);
		expect((await visitor.get('/account')).text).toContain('Not confirmed yet.');
		const token = link?.searchParams.get('token') ?? '';
		const answer = await visitor.post('/verify-email', { token });
		expect([answer.status, answer.headers.location]).toEqual([303, '/account?done=verified']);
		expect((await askAs({ ...service, visitor }, 'GET /me')).json.email_verified).toBe(true);
		expect((await visitor.get('/account')).text).not.toContain('Not confirmed yet.');
		const me = await request(service.origin, { path: '/me', headers: bearer(before) });
		expect(me.json.email_verified).toBe(true);
		expect(claimsOf(await accessToken(service.origin, sent)).email_verified).toBe(true);
	});

	test('the page logs in as ever, and a taken address is refused as ever', async () => {
		const visitor = newVisitor(service.origin);
		const sent = newUser();
		const answer = await visitor.post('/register', { ...sent });
		expect([answer.status, (await visitor.get('/account')).status]).toEqual([303, 200]);
		await mail.waitFor(sent.email, /Confirm your email/);
		const again = await request(service.origin, { method: 'POST', path: '/register', json: sent });
		expectProblem(again, 409, 'email_taken');
	});
});

describe('where verification is off', () => {
	const service = useService({ env });

	test('nothing says whether an address is verified, and no email is sent', async () => {
		const { sent, id, visitor } = await newMember(service.origin);
		const me = await askAs({ ...service, visitor }, 'GET /me');
		expect(Object.keys(me.json).sort()).toEqual([
			'created_at',
			'email',
			'first_name',
			'id',
			'last_name',
			'role'
		]);
		expect(claimsOf(await accessToken(service.origin, sent))).not.toHaveProperty('email_verified');
		expect((await visitor.get('/account')).text).not.toContain('confirmed');
		expect(await service.database.query('select id from outbox where user_id = ?', [id])).toEqual([]);
		expect(mail.emailsTo(sent.email)).toEqual([]);
	});
});
