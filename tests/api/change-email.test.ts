import { describe, expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { grantAgain, meStatus, refreshWith } from '../support/people/grants.ts';
import { request } from '../support/http/http.ts';
import { askAs, bearer, loggedIn, type Member, newMember, nextSecond } from '../support/people/member.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const service = useService({ env: { ...mail.env, RATE_LIMITS: 'off' } });

const tokenOf = (link: URL | undefined) => link?.searchParams.get('token') ?? '';
const askFor = ({ visitor }: Pick<Member, 'visitor'>, email: string) =>
	askAs({ ...service, visitor }, 'POST /me/email', { json: { email } });
const confirm = (token: string, visitor = newVisitor(service.origin)) =>
	visitor.post('/confirm-email', { token });
const emailOf = async (id: string) =>
	(await service.database.query('select email from users where id = ?', [id]))[0]?.email;

/** Asks for an address and waits for the link to it. */
async function linkTo(member: Pick<Member, 'visitor'>, email = uniqueEmail('new')) {
	const answer = await askFor(member, email);
	expect([answer.status, answer.json]).toEqual([202, { status: 'verification_sent' }]);
	const { link } = await mail.waitFor(email, /Confirm your new/);
	return { email, token: tokenOf(link) };
}

/** Changes an address. */
async function change(member: Member) {
	const { email, token } = await linkTo(member);
	expect((await confirm(token, member.visitor)).status).toBe(303);

	return { email, token };
}

test('a new address is confirmed by email before anything changes', async () => {
	const member = await newMember(service.origin);
	const { sent, id, visitor } = member;
	const elsewhere = await loggedIn(service.origin, sent);
	const program = await grantAgain(service, sent, { offline: true });
	const { email, token } = await linkTo(member);
	expect(await emailOf(id)).toBe(sent.email);
	const page = await visitor.get(`/confirm-email?token=${token}`);
	expectPage(page, 200);
	expect(await emailOf(id)).toBe(sent.email);

	await nextSecond();
	const answer = await confirm(token, visitor);
	expect([answer.status, answer.headers.location]).toEqual([303, '/account?done=email']);
	const me = await askAs({ ...service, visitor }, 'GET /me');
	expect(me.json.email).toBe(email);
	expect((await elsewhere.get('/account')).status).toBe(303);
	expect(await meStatus(service, program.access)).toBe(401);
	expect((await refreshWith(service, program.refresh)).status).toBe(400);
	expectProblem(
		await request(service.origin, { method: 'POST', path: '/token', json: sent }),
		401,
		'invalid_credentials'
	);
	expect(await meStatus(service, await accessToken(service.origin, { ...sent, email }))).toBe(200);
	const notice = await mail.waitFor(sent.email, /was changed/);
	expect(notice.text).toContain('n•••@example.org');
	expect(notice.text).not.toContain(email);
	expect((await confirm(token)).text).toContain('already been used');
});

test('a taken address gets the same answer, and only its owner is informed', async () => {
	const owner = await register(service.origin, { first_name: 'Grace' });
	const member = await newMember(service.origin);
	const taken = await askFor(member, owner.sent.email);
	const free = await askFor(member, uniqueEmail());
	expect([taken.status, taken.text]).toEqual([free.status, free.text]);
	expect(Object.keys(taken.headers)).toEqual(Object.keys(free.headers));
	const { subject, text } = await mail.waitFor(owner.sent.email);
	expect([subject, text]).toEqual(['You already have an account', expect.stringMatching(/^Hello,\n/)]);
	expect(text).not.toContain(member.sent.email);
	expect(mail.emailsTo(member.sent.email)).toEqual([]);
});

test('an address that another user took first remains theirs', async () => {
	const member = await newMember(service.origin);
	const { email, token } = await linkTo(member);
	const { user } = await register(service.origin, { email });
	const answer = await confirm(token, member.visitor);
	expectPage(answer, 409);
	expect(await emailOf(String(user.id))).toBe(email);
	expect(await emailOf(member.id)).toBe(member.sent.email);
	expect((await member.visitor.get('/account')).status).toBe(200);
});

test.each([
	['the same', (email: string) => email, 'unchanged'],
	['the same in capitals', (email: string) => email.toUpperCase(), 'unchanged'],
	['none', () => 'none', 'invalid'],
	['nothing', () => undefined, 'required']
])('%s is no new address', async (_, choose, code) => {
	const { sent, visitor } = await newMember(service.origin);
	const answer = await askAs({ ...service, visitor }, 'POST /me/email', {
		json: { email: choose(sent.email) }
	});
	expectProblem(answer, 422, 'invalid_fields');
	expect(answer.json.errors).toMatchObject([{ field: 'email', code }]);
});

test('a client that is not logged in cannot change the address', async () => {
	const json = { email: uniqueEmail() };
	expectProblem(await send(service.origin, 'POST /me/email', { json }), 401, 'authentication_required');
	expectProblem(
		await send(service.origin, 'POST /me/email', { json, headers: bearer('x') }),
		401,
		'invalid_token'
	);
});

describe('a link that waits dies', () => {
	test('with a change of the password', async () => {
		const member = await newMember(service.origin);
		const { token } = await linkTo(member);
		const json = { password: 'another green umbrella' };
		await askAs({ ...service, visitor: member.visitor }, 'POST /me/password', { json });
		const answer = await confirm(token, member.visitor);
		expectPage(answer, 410);
		expect(answer.text).toContain('no longer works');
		expect(await emailOf(member.id)).toBe(member.sent.email);
	});

	test('with a change of the password before its email is rendered', async () => {
		const member = await newMember(service.origin);
		const email = uniqueEmail('late');
		const query =
			'insert into outbox (id, kind, recipient, user_id, data, locale, attempts, due_at, created_at)';
		const json = { password: 'another green umbrella' };
		const asked = Date.now();
		await askAs({ ...service, visitor: member.visitor }, 'POST /me/password', { json });
		await service.database.query(`${query} values (?, 'confirm_new_email', ?, ?, '{}', 'en', 0, ?, ?)`, [
			crypto.randomUUID(),
			email,
			member.id,
			asked,
			asked - 1
		]);
		await expect
			.poll(async () => service.database.query('select id from outbox where recipient = ?', [email]), {
				timeout: 9_000
			})
			.toEqual([]);
		expect(mail.emailsTo(email)).toEqual([]);
	});

	test('with another change of the address', async () => {
		const member = await newMember(service.origin);
		const { token } = await linkTo(member);
		const { email } = await change(member);
		expect((await confirm(token, member.visitor)).status).toBe(410);
		expect(await emailOf(member.id)).toBe(email);
	});
});
