import { describe, expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { grantAgain, meStatus, refreshWith } from '../support/people/grants.ts';
import { getToken } from '../support/service/limits.ts';
import { askAs, bearer, loggedIn, newMember } from '../support/people/member.ts';
import { expectPage, expectProblem } from '../support/http/problem.ts';
import { type Service, startService } from '../support/service/service.ts';
import { useMailServer } from '../support/email/use-mail-server.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register, uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const mail = await useMailServer();
const env = { ...mail.env, RATE_LIMITS: 'off' };
const dayMs = 24 * 60 * 60 * 1000;

/** Every table that has one of these in any column, such as `outbox.recipient`. */
async function findTraces({ database: { query, engine } }: Pick<Service, 'database'>, words: string[]) {
	const tables = await query(
		engine === 'mysql'
			? "select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'"
			: "select name from sqlite_master where type = 'table'"
	);
	const traces = new Set<string>();
	for (const { name } of tables) {
		for (const row of await query(`select * from ${String(name)}`)) {
			for (const [column, value] of Object.entries(row)) {
				if (words.some((word) => String(value).includes(word))) traces.add(`${String(name)}.${column}`);
			}
		}
	}
	expect(tables.length).toBeGreaterThan(6);
	return [...traces].sort();
}

const deletesAt = async (service: Service, id: string) =>
	(await service.database.query('select deletes_at from users where id = ?', [id]))[0]?.deletes_at;

describe('with a pause', () => {
	const service = useService({ env });
	const leave = async () => {
		const member = await newMember(service.origin);
		const answer = await askAs({ ...service, ...member }, 'DELETE /me');
		expect(answer.status).toBe(202);
		return { ...member, answer };
	};

	test('a user who deletes the account is logged out everywhere immediately, and told until when to cancel', async () => {
		const { sent, visitor, id } = await newMember(service.origin);
		const elsewhere = await loggedIn(service.origin, sent);
		const program = await grantAgain(service, sent, { offline: true });
		const plain = await accessToken(service.origin, sent);
		const before = Date.now();
		const answer = await askAs({ ...service, visitor }, 'DELETE /me');
		expect([answer.status, Object.keys(answer.json), answer.headers['cache-control']]).toEqual([
			202,
			['deletes_at'],
			'no-store'
		]);
		const at = Date.parse(String(answer.json.deletes_at));
		expect(at - before - 7 * dayMs).toBeGreaterThanOrEqual(0);
		expect(at - Date.now() - 7 * dayMs).toBeLessThanOrEqual(0);
		expect(Number(await deletesAt(service, id))).toBe(at);
		for (const browser of [visitor, elsewhere]) expect((await browser.get('/account')).status).toBe(303);
		expect([await meStatus(service, program.access), await meStatus(service, plain)]).toEqual([401, 401]);
		expect((await refreshWith(service, program.refresh)).status).toBe(400);
		const { text } = await mail.waitFor(sent.email, /will be deleted/);
		expect(text).toContain('To keep your account, log in before then.');
		expectProblem(
			await getToken(service, { ...sent, password: 'wrong words here' }),
			401,
			'invalid_credentials'
		);
		expect(await deletesAt(service, id)).not.toBeNull();
	});

	test('the page does the same, and forgets the browser', async () => {
		const { visitor, id } = await newMember(service.origin);
		expect((await visitor.get('/account/delete')).text).toContain('will be deleted after 7 days');
		const answer = await visitor.post('/account/delete', {});
		expect([answer.status, answer.headers.location]).toEqual([303, '/login?done=deletion']);
		expect(visitor.cookies.has('session')).toBe(false);
		expect((await visitor.get('/login?done=deletion')).text).toContain(
			'unless you log in again within 7 days'
		);
		expect(await deletesAt(service, id)).not.toBeNull();
	});

	test('logging in with a browser cancels it', async () => {
		const { sent, id } = await leave();
		const visitor = await loggedIn(service.origin, sent);
		expect(await deletesAt(service, id)).toBeNull();
		expect((await visitor.get('/account')).status).toBe(200);
		await mail.waitFor(sent.email, /Your account will not be deleted/);
	});

	test('getting a token cancels it', async () => {
		const { sent, id } = await leave();
		expect(await meStatus(service, await accessToken(service.origin, sent))).toBe(200);
		expect(await deletesAt(service, id)).toBeNull();
		await mail.waitFor(sent.email, /Your account will not be deleted/);
	});

	test('a user who cancels the deletion before the email is sent does not get it', async () => {
		mail.mood = 'refuse for now';
		const { sent } = await leave();
		await accessToken(service.origin, sent);
		mail.mood = 'accept';
		await mail.waitFor(sent.email, /Your account will not be deleted/);
		const waiting = () => service.database.query('select kind from outbox where recipient = ?', [sent.email]);
		await expect.poll(waiting, { timeout: 9_000 }).toEqual([]);
		expect(mail.emailsTo(sent.email)).toHaveLength(1);
	});

	test('the address is taken until then', async () => {
		const { sent } = await leave();
		const again = await send(service.origin, 'POST /register', { json: sent });
		expectProblem(again, 409, 'email_taken');
	});

	test('no other client can delete the account', async () => {
		expectProblem(await send(service.origin, 'DELETE /me'), 401, 'authentication_required');
		expectProblem(await send(service.origin, 'DELETE /me', { headers: bearer('x') }), 401, 'invalid_token');
		const { visitor, id } = await newMember(service.origin);
		const headers = { 'sec-fetch-site': 'cross-site' };
		expectProblem(await askAs({ ...service, visitor }, 'DELETE /me', { headers }), 403, 'cross_site_request');
		expect(await deletesAt(service, id)).toBeNull();
	});
});

test('after the pause nothing is left of them in any table, and the address is free', async () => {
	const service = await startService({ env: { ...env, EMAIL_VERIFICATION: 'optional' } });
	let successor: Service | undefined;
	try {
		const { query } = service.database;
		const { sent, id, visitor } = await newMember(service.origin);
		const stays = await newMember(service.origin);
		const words = [id, sent.email];
		await mail.waitFor(sent.email);
		const email = uniqueEmail('new');
		await askAs({ ...service, visitor }, 'POST /me/email', { json: { email } });
		await mail.waitFor(email);
		await newVisitor(service.origin).post('/forgot-password', { email: sent.email });
		await mail.waitFor(sent.email, /new password/);
		mail.mood = 'refuse for now';
		await newVisitor(service.origin).post('/check-email', { email: sent.email });
		await askAs({ ...service, visitor }, 'DELETE /me');
		const held = ['one_time_tokens.user_id', 'outbox.recipient', 'outbox.user_id', 'users.email', 'users.id'];
		expect(await findTraces(service, words)).toEqual(held);
		expect(await findTraces(service, [email])).toEqual(['one_time_tokens.email']);

		expect(await service.kill('SIGTERM')).toBe(0);
		await query('update users set deletes_at = ? where id = ?', [Date.now() - 1, id]);
		successor = await startService({ env: { ...env, EMAIL_VERIFICATION: 'optional' }, successorOf: service });
		await expect.poll(() => findTraces(service, [...words, email]), { timeout: 9_000 }).toEqual([]);
		expect((await findTraces(service, [stays.id])).sort()).toEqual([
			'one_time_tokens.user_id',
			'sessions.user_id',
			'users.id'
		]);
		expectProblem(await getToken(successor, sent), 401, 'invalid_credentials');
		const { user } = await register(successor.origin, sent);
		expect(user.id).not.toBe(id);
	} finally {
		mail.mood = 'accept';
		await successor?.stop();
		await service.stop();
	}
});

describe('without a pause', () => {
	const service = useService({ env: { ...env, DELETION_PAUSE_DAYS: '0' } });

	test('the account is deleted immediately, and no email is sent', async () => {
		const { sent, id, visitor } = await newMember(service.origin);
		const token = await accessToken(service.origin, sent);
		expect((await visitor.get('/account/delete')).text).toContain('deleted immediately');
		expect((await askAs({ ...service, visitor }, 'DELETE /me')).status).toBe(202);
		expect(await findTraces(service, [id, sent.email])).toEqual([]);
		expect(await meStatus(service, token)).toBe(401);
		await register(service.origin, sent);
		expect(mail.emailsTo(sent.email)).toEqual([]);
	});

	test('the page says so', async () => {
		const { sent, visitor } = await newMember(service.origin);
		const answer = await visitor.post('/account/delete', {});
		expect(answer.headers.location).toBe('/login?done=deleted');
		const page = await visitor.get('/login?done=deleted');
		expectPage(page, 200);
		expect(page.text).toContain('Your account has been deleted.');
		expectProblem(await getToken(service, sent), 401, 'invalid_credentials');
	});
});
