import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { askAs, loggedIn, newMember } from '../support/people/member.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const service = useService({ env: { ...mail.env, RATE_LIMITS: 'off' } });
const password = 'seven quiet yellow rivers';

async function askForLink(email: string): Promise<URL> {
	const visitor = newVisitor(service.origin);
	const answer = await visitor.post('/forgot-password', { email });
	expect([answer.status, answer.headers.location]).toEqual([303, '/check-email?email=reset']);
	const { link } = await mail.waitFor(email, /new password/);
	return link as URL;
}

const tokenOf = (link: URL) => link.searchParams.get('token') ?? '';
const reset = (token: string, to = password) =>
	newVisitor(service.origin).post('/reset-password', { token, password: to });

test('a user who forgot the password sets another by email, and is logged out everywhere', async () => {
	const { sent } = await register(service.origin);
	const visitor = newVisitor(service.origin);
	await visitor.post('/login', { email: sent.email, password: sent.password });
	const before = await accessToken(service.origin, sent);
	const link = await askForLink(sent.email.toUpperCase().toLowerCase());
	expect(link.origin + link.pathname).toBe(`${service.origin}/reset-password`);

	const page = await newVisitor(service.origin).get(link.pathname + link.search);
	expect([page.status, page.text]).toEqual([200, expect.stringContaining('Choose a new password')]);
	// To the second, which is all that a token says.
	await pause(1_000);
	const answer = await reset(tokenOf(link));
	expect([answer.status, answer.headers.location]).toEqual([303, '/login?done=reset']);
	expect(answer.cookies).toEqual([]);

	expect((await visitor.get('/account')).status).toBe(303);
	const me = await request(service.origin, { path: '/me', headers: { authorization: `Bearer ${before}` } });
	expectProblem(me, 401, 'invalid_token');
	const old = await request(service.origin, { method: 'POST', path: '/token', json: sent });
	expectProblem(old, 401, 'invalid_credentials');
	expect(await accessToken(service.origin, { ...sent, password })).toBeTruthy();
	const notice = await mail.waitFor(sent.email, /was changed/);
	expect(notice.text).toContain('reset by email');
});

test('an unknown address gets the same answer, and no email', async () => {
	const email = uniqueEmail();
	const answer = await newVisitor(service.origin).post('/forgot-password', { email });
	expect([answer.status, answer.headers.location]).toEqual([303, '/check-email?email=reset']);
	const { sent } = await register(service.origin);
	await askForLink(sent.email);
	expect(mail.emailsTo(email)).toEqual([]);
});

/** A new user and the token of an email to them. */
async function newToken() {
	const { sent, user } = await register(service.origin);
	const token = tokenOf(await askForLink(sent.email));
	const isUnchanged = async () => Boolean(await accessToken(service.origin, sent));
	return { sent, user, token, isUnchanged };
}

const open = (token: string) => newVisitor(service.origin).get(`/reset-password?token=${token}`);

/** Neither opening the link nor its form does anything but say why. */
async function expectDead(token: string, status: number, sentence: string) {
	for (const answer of [await open(token), await reset(token, 'nine other purple hills')]) {
		expectPage(answer, status);
		expect(answer.text).toContain(sentence);
		expect(answer.cookies).toEqual([]);
	}
}

describe('a link', () => {
	test('that was used is told so, and does nothing', async () => {
		const { sent, token } = await newToken();
		expect((await reset(token)).status).toBe(303);
		await expectDead(token, 410, 'This link has already been used. Each link works only once.');
		expect(await accessToken(service.origin, { ...sent, password })).toBeTruthy();
	});

	test('is valid for half an hour, and is then reported as expired', async () => {
		const { token, user, isUnchanged } = await newToken();
		const { query } = service.database;
		const [row] = await query('select * from one_time_tokens where user_id = ?', [String(user.id)]);
		expect(Number(row?.expires_at) - Number(row?.created_at)).toBe(30 * 60_000);
		await query('update one_time_tokens set expires_at = ? where user_id = ?', [
			Date.now() - 1,
			String(user.id)
		]);
		await expectDead(token, 410, 'This link has expired. Ask for a new one.');
		expect((await open(token)).text).toContain('href="/forgot-password"');
		expect(await isUnchanged()).toBe(true);
	});

	test.each([
		['altered', (token: string) => `${token.slice(0, 9)}${token[9] === 'A' ? 'B' : 'A'}${token.slice(10)}`],
		['cut', (token: string) => token.slice(0, -1)],
		['empty', () => ''],
		['of some other form', () => '../../etc']
	])('that is %s is not valid', async (_, alter) => {
		const { token, isUnchanged } = await newToken();
		await expectDead(
			alter(token),
			400,
			'This link is not valid. Open it exactly as it appears in the email.'
		);
		expect(await isUnchanged()).toBe(true);
		expect((await open(token)).status).toBe(200);
	});

	test('for another purpose is not valid, and remains valid for its own', async () => {
		const { sent, visitor } = await newMember(service.origin);
		const email = uniqueEmail();
		await askAs({ ...service, visitor }, 'POST /me/email', { json: { email } });
		const { link } = await mail.waitFor(email);
		const token = tokenOf(link as URL);
		await expectDead(token, 400, 'This link is not valid.');
		expect(await accessToken(service.origin, sent)).toBeTruthy();
		expect((await newVisitor(service.origin).get(`/confirm-email?token=${token}`)).status).toBe(200);
	});

	test('dies with the password that it was to replace', async () => {
		const { sent, token } = await newToken();
		const changed = { ...sent, password: 'another green umbrella' };
		const visitor = await loggedIn(service.origin, sent);
		const json = { password: changed.password };
		expect((await askAs({ ...service, visitor }, 'POST /me/password', { json })).status).toBe(204);
		await expectDead(
			token,
			410,
			'This link no longer works, because the account has changed since it was sent.'
		);
		expect(await accessToken(service.origin, changed)).toBeTruthy();
	});

	test('dies with the address that it was sent to', async () => {
		const { sent, token } = await newToken();
		const visitor = await loggedIn(service.origin, sent);
		const email = uniqueEmail();
		await askAs({ ...service, visitor }, 'POST /me/email', { json: { email } });
		const { link } = await mail.waitFor(email);
		await visitor.post('/confirm-email', { token: tokenOf(link as URL) });
		await expectDead(token, 410, 'This link no longer works');
		expect(await accessToken(service.origin, { ...sent, email })).toBeTruthy();
	});

	test('that is used in two tabs concurrently works in one of them', async () => {
		const { sent, token } = await newToken();
		const passwords = ['first of two answers', 'second of two answers'];
		const answers = await Promise.all(passwords.map((each) => reset(token, each)));
		expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
		const winner = passwords[answers.findIndex(({ status }) => status === 303)] ?? '';
		expect(await accessToken(service.origin, { ...sent, password: winner })).toBeTruthy();
		expect(answers.find(({ status }) => status === 410)?.text).toContain('already been used');
	});

	test('that a mail scanner opens changes nothing, and remains valid', async () => {
		const { sent, token, isUnchanged } = await newToken();
		for (let count = 0; count < 5; count++) expectPage(await open(token), 200);
		const head = { method: 'HEAD', path: `/reset-password?token=${token}` };
		expect((await request(service.origin, head)).status).toBe(200);
		expect(await isUnchanged()).toBe(true);
		expect((await reset(token)).status).toBe(303);
		expect(await accessToken(service.origin, { ...sent, password })).toBeTruthy();
	});

	test('remains valid, and in the form, when the new password breaks a rule', async () => {
		const { token, isUnchanged } = await newToken();
		for (const [bad, sentence] of [
			['short', 'Use at least 8 characters.'],
			['password1', 'one of the most common'],
			['', 'Enter a password.']
		] as const) {
			const answer = await reset(token, bad);
			expectPage(answer, 422);
			expect(answer.text).toContain(sentence);
			expect(answer.text).toContain(`name="token" value="${token}"`);
		}
		expect(await isUnchanged()).toBe(true);
		expect((await reset(token)).status).toBe(303);
	});
});
