import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { send } from '../support/http/api-requests.ts';
import { grantAgain } from '../support/people/grants.ts';
import { askAs, bearer, newMember } from '../support/people/member.ts';
import { expectProblem } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';
import { uniqueEmail } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

// Without a mail server: emails wait in the outbox.
const service = useService({ env: { RATE_LIMITS: 'off', EMAIL_VERIFICATION: 'optional' } });

/** A user with a row in every table that can have one. */
async function newHolder() {
	const member = await newMember(service.origin, { first_name: 'Grace' });
	await grantAgain(service, member.sent, { offline: true });
	const email = uniqueEmail('new');
	const at = Date.now();
	const tokenHash = createHash('sha256').update(email).digest('hex');
	await askAs({ ...service, ...member }, 'POST /me/email', {
		json: { email, current_password: member.sent.password }
	});
	await newVisitor(service.origin).post('/forgot-password', { email: member.sent.email });
	await service.database.query(
		"insert into one_time_tokens (token_hash, purpose, user_id, email, bound_to, created_at, expires_at) values (?, 'change_email', ?, ?, ?, ?, ?)",
		[tokenHash, member.id, email, 'b'.repeat(64), at, at + 1]
	);
	return { ...member, email, tokenHash };
}

test('a person gets all that is held about them as JSON, and no hash', async () => {
	const { sent, id, visitor, email, tokenHash } = await newHolder();
	const stranger = await newHolder();
	const answer = await askAs({ ...service, visitor }, 'GET /me/export');
	expect(answer.status).toBe(200);
	expect(answer.headers).toMatchObject({
		'content-type': 'application/json',
		'content-disposition': 'attachment; filename="account.json"',
		'cache-control': 'no-store'
	});
	const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown;
	const { json } = answer;
	expect(json.user).toEqual({
		id,
		email: sent.email,
		first_name: 'Grace',
		last_name: 'Lovelace',
		role: 'user',
		created_at: time,
		updated_at: time,
		email_verified_at: null,
		tokens_valid_from: null,
		deletes_at: null,
		imported_at: null
	});
	const kinds = json.sessions as { kind: string }[];
	expect(kinds.map(({ kind }) => kind).sort()).toEqual(['browser', 'program']);
	expect(json.sessions).toContainEqual(
		expect.objectContaining({ is_current: true, address_prefix: '127.0.0.0/24', user_agent: null })
	);
	expect(json.links).toEqual([
		{ purpose: 'change_email', email, created_at: time, expires_at: time, used_at: null }
	]);
	const emails = json.queued_emails as { kind: string; recipient: string }[];
	expect(emails.map(({ kind, recipient }) => [kind, recipient]).sort()).toEqual([
		['confirm_new_email', email],
		['reset_password', sent.email],
		['verify_email', sent.email]
	]);
	const { query } = service.database;
	const [user] = await query('select hashed_password from users where id = ?', [id]);
	const hashes = [String(user?.hashed_password), tokenHash, 'b'.repeat(64), 'argon2'];
	for (const row of await query('select token_hash, refresh_hash from sessions where user_id = ?', [id])) {
		hashes.push(...Object.values(row).filter((value) => typeof value === 'string'));
	}
	expect(hashes.length).toBeGreaterThan(5);
	for (const hash of hashes) expect(answer.text).not.toContain(hash);
	for (const word of [stranger.id, stranger.sent.email, stranger.email])
		expect(answer.text).not.toContain(word);
});

test('every column that is about a person is in it, but the secret ones', async () => {
	const { id, visitor } = await newHolder();
	const { json } = await askAs({ ...service, visitor }, 'GET /me/export');
	const secret = ['hashed_password', 'token_hash', 'refresh_hash', 'previous_refresh_hash', 'bound_to'];
	/** What the service notes for itself: whose it is, and when it tries to send again. */
	const internal = ['user_id', 'attempts', 'due_at', 'id', 'data'];
	for (const [member, table, key] of [
		['user', 'users', 'id'],
		['sessions', 'sessions', 'user_id'],
		['links', 'one_time_tokens', 'user_id'],
		['queued_emails', 'outbox', 'user_id']
	] as const) {
		const [row = {}] = await service.database.query(`select * from ${table} where ${key} = ?`, [id]);
		const held = json[member] as object;
		const shown = Object.keys((Array.isArray(held) ? held[0] : held) as object);
		const missing = Object.keys(row).filter((column) => ![...shown, ...secret, ...internal].includes(column));
		expect([table, missing]).toEqual([table, []]);
	}
});

test('an access token gets the export too, and no other client does', async () => {
	const { sent } = await newHolder();
	const { access } = await grantAgain(service, sent);
	expect((await send(service.origin, 'GET /me/export', { headers: bearer(access) })).json.user).toMatchObject(
		{ email: sent.email }
	);
	expectProblem(await send(service.origin, 'GET /me/export'), 401, 'authentication_required');
	expectProblem(await send(service.origin, 'GET /me/export', { headers: bearer('x') }), 401, 'invalid_token');
});
