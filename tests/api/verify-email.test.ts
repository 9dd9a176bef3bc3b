import { describe, expect, test } from 'vitest';
import { claimsOf } from '../support/people/grants.ts';
import { type Answer, request } from '../support/http/http.ts';
import { getToken } from '../support/service/limits.ts';
import { bearer } from '../support/people/member.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { type Service, startService } from '../support/service/service.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, type NewUser, newUser } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const env = { ...mail.env, RATE_LIMITS: 'off' };
const sentence = 'Confirm your email address first: open the link in the email we sent you.';

const post = ({ origin }: Service, json: object) =>
	request(origin, { method: 'POST', path: '/register', json });
const tokenOf = (link: URL | undefined) => link?.searchParams.get('token') ?? '';
const tokenFor = async (email: string) => tokenOf((await mail.waitFor(email, /Confirm your email/)).link);
const verify = ({ origin }: Pick<Service, 'origin'>, token: string) =>
	newVisitor(origin).post('/verify-email', { token });

/** An answer without what is of the request alone. */
function shapeOf({ status, headers, text }: Answer) {
	const own = { 'x-request-id': '', date: '', 'content-security-policy': '' };
	return { status, headers: { ...headers, ...own }, text };
}

describe('where it is required', () => {
	const service = useService({ env: { ...env, EMAIL_VERIFICATION: 'required' } });
	const newUnverified = async () => {
		const sent = newUser();
		expect((await post(service, sent)).status).toBe(202);
		return { sent, token: await tokenFor(sent.email) };
	};
	const newVerified = async () => {
		const { sent, token } = await newUnverified();
		expect((await verify(service, token)).status).toBe(303);
		return { sent, token };
	};

	test('the API answers a new and a taken address alike, and their owners get different emails', async () => {
		const sent = newUser();
		const first = await post(service, sent);
		const { text } = await mail.waitFor(sent.email, /Confirm your email/);
		expect(text).toMatch(/^Hello,\n/);
		const taken = await post(service, { ...newUser({ first_name: 'Eve' }), email: sent.email.toUpperCase() });
		const fresh = await post(service, newUser());
		expect([first.status, first.json, first.cookies]).toEqual([202, { status: 'verification_sent' }, []]);
		expect(first.headers['cache-control']).toBe('no-store');
		expect(shapeOf(taken)).toEqual(shapeOf(fresh));
		const email = await mail.waitFor(sent.email, /already have an account/);
		expect(email.text).toContain('Nothing has changed.');
		expect(email.text).not.toContain('Eve');
		const rows = await service.database.query('select first_name from users where email = ?', [sent.email]);
		expect(rows).toEqual([{ first_name: sent.first_name }]);
	});

	test('the page answers both alike, without a session', async () => {
		const { sent } = await newVerified();
		const submit = (user: NewUser) => newVisitor(service.origin).post('/register', { ...user });
		const [taken, fresh] = [await submit({ ...newUser(), email: sent.email }), await submit(newUser())];
		expect([fresh.status, fresh.headers.location]).toEqual([303, '/check-email?email=verification']);
		expect(fresh.cookies).toEqual([]);
		expect(shapeOf(taken)).toEqual(shapeOf(fresh));
		await mail.waitFor(sent.email, /already have an account/);
	});

	test('two clients that register an address concurrently get the same answer, and one has it', async () => {
		const sent = newUser();
		const answers = await Promise.all([post(service, sent), post(service, sent)]);
		expect(answers.map(({ status }) => status)).toEqual([202, 202]);
		await mail.waitFor(sent.email, /Confirm your email/);
		await mail.waitFor(sent.email, /already have an account/);
	});

	test('bad fields are refused as ever', async () => {
		expectProblem(await post(service, { ...newUser(), email: 'x' }), 422, 'invalid_fields');
	});

	test('a login before verification says so, but only with the right password', async () => {
		const { sent } = await newUnverified();
		const refused = await getToken(service, sent);
		expectProblem(refused, 403, 'email_not_verified');
		expect([refused.json.detail, refused.cookies]).toEqual([sentence, []]);
		expectProblem(
			await getToken(service, { ...sent, password: 'wrong words here' }),
			401,
			'invalid_credentials'
		);
		const visitor = newVisitor(service.origin);
		const page = await visitor.post('/login', { email: sent.email, password: sent.password });
		expectPage(page, 403);
		expect(page.text).toContain(sentence);
		expect(page.text).toContain('/check-email');
		expect([...visitor.cookies.keys()]).toEqual([]);
		const wrong = await visitor.post('/login', { email: sent.email, password: 'wrong words here' });
		expectPage(wrong, 401);
		expect(wrong.text).not.toContain(sentence);
	});

	test('the link lets in, once, and opening it does nothing', async () => {
		const { sent, token } = await newUnverified();
		const open = () => newVisitor(service.origin).get(`/verify-email?token=${token}`);
		for (let count = 0; count < 3; count++) expectPage(await open(), 200);
		expectProblem(await getToken(service, sent), 403, 'email_not_verified');
		const answer = await verify(service, token);
		expect([answer.status, answer.headers.location, answer.cookies]).toEqual([
			303,
			'/login?done=verified',
			[]
		]);
		const access = await accessToken(service.origin, sent);
		expect(claimsOf(access).email_verified).toBe(true);
		const me = await request(service.origin, { path: '/me', headers: bearer(access) });
		expect(me.json.email_verified).toBe(true);
		for (const again of [await open(), await verify(service, token)]) {
			expectPage(again, 410);
			expect(again.text).toContain('already been used');
		}
	});

	test('the email is sent again, and of two links one is enough', async () => {
		const { sent, token } = await newUnverified();
		mail.emails.length = 0;
		const asked = await newVisitor(service.origin).post('/check-email?email=verification', {
			email: sent.email
		});
		expect([asked.status, asked.headers.location]).toEqual([303, '/check-email?email=verification&sent']);
		const second = await tokenFor(sent.email);
		expect(second).not.toBe(token);
		expect((await verify(service, second)).status).toBe(303);
		const late = await verify(service, token);
		expectPage(late, 410);
		expect(late.text).toContain('no longer works');
	});

	test('a second request does not reveal who is registered, and sends no email to a verified user', async () => {
		const { sent } = await newVerified();
		const count = () => mail.emailsTo(sent.email).length;
		const before = count();
		const ask = (email: string) => newVisitor(service.origin).post('/check-email', { email });
		expect(shapeOf(await ask(sent.email))).toEqual(shapeOf(await ask(newUser().email)));
		const waiting = () => service.database.query('select id from outbox');
		await expect.poll(waiting, { timeout: 9_000 }).toEqual([]);
		expect(count()).toBe(before);
	});

	test('a link is valid for a day', async () => {
		const { sent, token } = await newUnverified();
		const { query } = service.database;
		await query('update one_time_tokens set expires_at = expires_at - ?', [24 * 60 * 60_000]);
		const answer = await verify(service, token);
		expectPage(answer, 410);
		expect(answer.text).toContain('has expired');
		expectProblem(await getToken(service, sent), 403, 'email_not_verified');
	});

	test('a reset of the password verifies, because the email has been read', async () => {
		const { sent, token } = await newUnverified();
		await newVisitor(service.origin).post('/forgot-password', { email: sent.email });
		const { link } = await mail.waitFor(sent.email, /new password/);
		const password = 'another green umbrella';
		const form = { token: tokenOf(link), password };
		expect((await newVisitor(service.origin).post('/reset-password', form)).status).toBe(303);
		await accessToken(service.origin, { ...sent, password });
		expect((await verify(service, token)).text).toContain('no longer works');
	});

	test('one instance takes the links of another', async () => {
		const { sent, token } = await newUnverified();
		const other = await startService({
			env: { ...env, EMAIL_VERIFICATION: 'required', ORIGIN: service.origin },
			successorOf: service
		});
		try {
			const answers = await Promise.all([verify(service, token), verify(other, token)]);
			expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
			expect(await accessToken(other.origin, sent)).toBeTruthy();
		} finally {
			await other.stop();
		}
	});
});
