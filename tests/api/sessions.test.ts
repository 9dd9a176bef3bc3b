import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import messages from '../../messages/en.json' with { type: 'json' };
import { useService } from '../support/service/use-service.ts';
import { register, type NewUser } from '../support/people/users.ts';
import { newVisitor, type Visitor } from '../support/people/visitor.ts';

const service = useService();
let sent: NewUser;
let userId: string;
let ada: Visitor;
beforeEach(async () => {
	const registered = await register(service.origin);
	sent = registered.sent;
	userId = String(registered.user.id);
	ada = newVisitor(service.origin);
});

const logIn = (visitor: Visitor) => visitor.post('/login', { email: sent.email, password: sent.password });
const tokenOf = (visitor: Visitor) => visitor.cookies.get('session') ?? '';
const rows = () => service.database.query('select * from sessions where user_id = ?', [userId]);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A visitor who has only the cookie of another user. */
function withToken(token: string): Visitor {
	const visitor = newVisitor(service.origin);
	visitor.cookies.set('session', token);
	return visitor;
}

describe('logging in', () => {
	test('sets a cookie that scripts and other sites cannot use, for 30 days, and one that only knows the browser', async () => {
		const { cookies } = await logIn(ada);
		expect(cookies).toHaveLength(2);
		const [[pair, ...attributes] = [], [device, ...deviceAttributes] = []] = cookies.map((cookie) =>
			cookie.split('; ')
		);
		expect(pair).toMatch(/^session=[\w-]{43}$/);
		expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax']);
		expect(device).toMatch(/^known-browser=[\w-]{43}\.[\w-]{22}$/);
		expect(deviceAttributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=15552000', 'Path=/', 'SameSite=Lax']);
		expect((await withToken((device ?? '').replace('known-browser=', '')).get('/account')).status).toBe(303);
	});

	test('leaves only the token’s SHA-256 in the table', async () => {
		await logIn(ada);
		const [row, ...others] = await rows();
		expect(others).toEqual([]);
		expect(row).toMatchObject({ token_hash: sha256(tokenOf(ada)), user_id: userId });
		expect(JSON.stringify(row)).not.toContain(tokenOf(ada));
		expect(
			(await withToken(String(row?.token_hash)).get('/account')).status,
			'the hash does not log in'
		).toBe(303);
	});

	test('makes a new session, and ends the one it replaces', async () => {
		await logIn(ada);
		const first = tokenOf(ada);
		await logIn(ada);
		expect(tokenOf(ada)).not.toBe(first);
		expect((await withToken(first).get('/account')).status).toBe(303);
		expect((await ada.get('/account')).status).toBe(200);
		expect(await rows()).toMatchObject([{ token_hash: sha256(tokenOf(ada)) }]);
	});

	test('never takes a token that an attacker chose', async () => {
		const chosen = 'x'.repeat(43);
		ada.cookies.set('session', chosen);
		await logIn(ada);
		expect(tokenOf(ada)).not.toBe(chosen);
		expect((await withToken(chosen).get('/account')).status).toBe(303);
	});

	test('on another device leaves this one signed in', async () => {
		const other = newVisitor(service.origin);
		await Promise.all([logIn(ada), logIn(other)]);
		expect((await ada.get('/account')).status).toBe(200);
		expect((await other.get('/account')).status).toBe(200);
		expect(await rows()).toHaveLength(2);
	});

	test('that fails keeps the session there is', async () => {
		await logIn(ada);
		const token = tokenOf(ada);
		expect((await ada.post('/login', { email: sent.email, password: 'wrong' })).status).toBe(401);
		expect(tokenOf(ada)).toBe(token);
		expect((await ada.get('/account')).status).toBe(200);
	});

	test('or registering that fails is said to the signed-in too', async () => {
		await logIn(ada);
		const answer = await ada.post('/register', { ...sent });
		expect(answer.status).toBe(409);
		expect(answer.text).toContain(messages.refusal_email_taken_detail);
	});
});

describe('logging out', () => {
	test('deletes the row and the cookie, and leads to /login', async () => {
		await logIn(ada);
		const token = tokenOf(ada);
		const answer = await ada.post('/logout', {});
		expect(answer).toMatchObject({ status: 303, headers: { location: '/login' } });
		expect(answer.cookies).toEqual([expect.stringMatching(/^session=;.*Max-Age=0/)]);
		expect(ada.cookies.has('session')).toBe(false);
		expect(await rows()).toEqual([]);
		expect((await withToken(token).get('/account')).status).toBe(303);
	});

	test('ends this session only', async () => {
		const other = newVisitor(service.origin);
		await logIn(ada);
		await logIn(other);
		await ada.post('/logout', {});
		expect((await other.get('/account')).status).toBe(200);
	});

	test('twice, or without a session, does no harm', async () => {
		await logIn(ada);
		const again = withToken(tokenOf(ada));
		await ada.post('/logout', {});
		for (const visitor of [ada, again, newVisitor(service.origin)]) {
			expect((await visitor.post('/logout', {})).status).toBe(303);
		}
	});

	test('is offered as a page to the signed-in', async () => {
		expect(await ada.get('/logout')).toMatchObject({ status: 303, headers: { location: '/login' } });
		await logIn(ada);
		const page = await ada.get('/logout');
		expect(page.status).toBe(200);
		expect(page.text).toMatch(/<form[^>]*method="post"/i);
		expect((await ada.get('/account')).status, 'looking at it ends nothing').toBe(200);
	});
});

test('a session of a user who is deleted is over', async () => {
	await logIn(ada);
	await service.database.query('delete from users where id = ?', [userId]);
	expect((await ada.get('/account')).status).toBe(303);
});

test.for([
	['7 days without a visit', 'expires_at'],
	['30 days', 'created_at']
])('a session is over after %s', async ([, column]) => {
	await logIn(ada);
	const dayMs = 24 * 60 * 60 * 1000;
	const shift = column === 'expires_at' ? 7 * dayMs : 30 * dayMs;
	const move = `created_at = created_at - ${shift}, last_seen_at = last_seen_at - ${shift}, expires_at = expires_at - ${shift}`;
	await service.database.query(`update sessions set ${move} where user_id = ?`, [userId]);
	expect((await ada.get('/account')).status).toBe(303);
	expect((await ada.get('/me')).status).toBe(401);
});

test('a visit after an hour keeps the session for 7 more days, one within the hour writes nothing', async () => {
	await logIn(ada);
	const [fresh] = await rows();
	await ada.get('/account');
	expect(await rows()).toEqual([fresh]);
	await service.database.query(
		'update sessions set last_seen_at = last_seen_at - 3600000, expires_at = expires_at - 3600000 where user_id = ?',
		[userId]
	);
	await ada.get('/account');
	const [touched] = await rows();
	expect(Number(touched?.last_seen_at)).toBeGreaterThanOrEqual(Number(fresh?.last_seen_at));
	expect(Number(touched?.expires_at) - Number(touched?.last_seen_at)).toBe(7 * 24 * 60 * 60 * 1000);
});
