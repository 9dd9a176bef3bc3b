import { expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { askAs, loggedIn, newMember } from '../support/people/member.ts';
import { expectPage } from '../support/http/problem.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService({ env: { RATE_LIMITS: 'off', TRUSTED_PROXIES: '127.0.0.1' } });

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0';
const safari =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
/** What all sessions have. */
const common = {
	id: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
	created_at: time,
	last_seen_at: time,
	expires_at: time
};

test('sessions are told apart by device and network, and never by the whole address', async () => {
	const member = await newMember(service.origin);
	const from = { 'user-agent': firefox, 'x-forwarded-for': '203.0.113.77' };
	await loggedIn(service.origin, member.sent, from);
	const over6 = { 'user-agent': safari, 'x-forwarded-for': '2001:db8:abcd:12:3:4:5:6' };
	await loggedIn(service.origin, member.sent, over6);
	await request(service.origin, {
		method: 'POST',
		path: '/token',
		json: { ...member.sent, offline: true },
		headers: { 'user-agent': 'backup/2.1', 'x-forwarded-for': '198.51.100.9' }
	});
	const answer = await askAs({ ...service, ...member }, 'GET /me/sessions');
	expect(answer.headers['cache-control']).toBe('no-store');
	const sessions = answer.json.sessions as object[];
	expect(sessions[0]).toEqual({
		...common,
		is_current: true,
		kind: 'browser',
		browser: null,
		system: null,
		address_prefix: '127.0.0.0/24'
	});
	expect(sessions).toHaveLength(4);
	expect(sessions.slice(1)).toEqual(
		expect.arrayContaining([
			{
				...common,
				is_current: false,
				kind: 'browser',
				browser: 'Firefox',
				system: 'Windows',
				address_prefix: '203.0.113.0/24'
			},
			{
				...common,
				is_current: false,
				kind: 'browser',
				browser: 'Safari',
				system: 'iPhone',
				address_prefix: '2001:db8:abcd::/48'
			},
			{
				...common,
				is_current: false,
				kind: 'program',
				browser: 'backup',
				system: null,
				address_prefix: '198.51.100.0/24'
			}
		])
	);
	const rows = await service.database.query('select * from sessions where user_id = ?', [member.id]);
	expect(JSON.stringify(rows) + answer.text).not.toMatch(/113\.77|:12:3:|100\.9/);
	const page = await member.visitor.get('/account/sessions');
	expectPage(page, 200);
	for (const words of ['Firefox · Windows', 'Safari · iPhone', '203.0.113.0/24'])
		expect(page.text).toContain(words);
});

test('a client that calls itself anything breaks nothing', async () => {
	const member = await newMember(service.origin);
	for (const name of ['<script>alert(1)</script>', 'x'.repeat(4000), '\u00e9\u00e8', '()[]{}', ' ']) {
		await loggedIn(service.origin, member.sent, { 'user-agent': name });
	}
	const { json } = await askAs({ ...service, ...member }, 'GET /me/sessions');
	expect(json.sessions).toHaveLength(6);
	const page = await member.visitor.get('/account/sessions');
	expectPage(page, 200);
	expect(page.text).not.toContain('<script>alert');
});
