import { expect, test } from 'vitest';
import { securityEvents } from '../../src/lib/server/audit/events.ts';
import { eventsOf, isAboutAccounts, watchEvents } from '../support/service/event-watch.ts';
import { type Answer, request } from '../support/http/http.ts';
import { getToken, logIn, newAddress, smallLimits, wrong } from '../support/service/limits.ts';
import { hashByHand } from '../support/people/phc.ts';
import { useService } from '../support/service/use-service.ts';
import { type NewUser, newUser, register, uniqueEmail } from '../support/people/users.ts';

const service = useService({ env: smallLimits });

const { seen, event } = watchEvents(securityEvents);

/** Expects the lines that a request left, in their order. */
async function expectEvents(answer: Answer | Promise<Answer>, ...events: object[][]): Promise<void> {
	expect(await eventsOf(service, await answer)).toEqual(events.flat());
}

const post = (path: string, json: object, headers = {}) =>
	request(service.origin, { method: 'POST', path, json, headers });

test('every act of security leaves one line with a stable name', async () => {
	const { sent, user, answer } = await register(service.origin);
	const user_id = String(user.id);
	const browser = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };

	await expectEvents(answer, event('user.registered', { user_id }));
	await expectEvents(post('/register', sent), event('registration.refused', { reason: 'email_taken' }));
	await expectEvents(
		post('/register', { ...newUser(), role: 'admin' }),
		event('registration.refused', { reason: 'role_not_allowed' })
	);
	await expectEvents(post('/register', newUser(), browser), event('request.cross_site', {}));

	await expectLoginEvents(sent, user_id);

	const weak = hashByHand(sent.password, { memory: 8192, passes: 1 });
	await service.database.query('update users set hashed_password = ? where id = ?', [weak, user_id]);
	const own = newAddress();
	const page = await logIn(service, sent, undefined, own);
	await expectEvents(
		page,
		event('password.rehashed', { user_id }, own),
		event('login.succeeded', { user_id, via: 'session' }, own)
	);
	const cookie = page.cookies.map((line) => line.split(';', 1)[0]).join('; ');
	const out = await request(service.origin, {
		method: 'POST',
		path: '/logout',
		form: {},
		headers: { cookie }
	});
	await expectEvents(out, event('session.ended', { user_id }));

	const headers = { authorization: 'Bearer a.b.c' };
	await expectEvents(
		request(service.origin, { path: '/me', headers }),
		event('token.refused', { reason: 'invalid_token' })
	);

	await expectTokenEvents(sent, user_id);

	const flood = { 'x-forwarded-for': newAddress() };
	for (let count = 0; count < 4; count++) await post('/register', newUser(), flood);
	await expectEvents(
		post('/register', newUser(), flood),
		event('registration.limited', { limit: 'register-prefix' }, flood['x-forwarded-for'])
	);

	// Key pairs are made and removed by the service itself: keys-cli.test.ts.
	const acts = Object.keys(securityEvents).filter(
		(name) => !name.startsWith('signing_key.') && !isAboutAccounts(name)
	);
	expect(seen, 'all that the table names').toEqual(new Set(acts));
});

async function expectLoginEvents(sent: NewUser, user_id: string): Promise<void> {
	const address = '2001:db8:1:2:3:4:5:6';
	const prefix = '2001:db8:1:2::/64';
	await expectEvents(
		getToken(service, sent, address),
		event('login.succeeded', { user_id, via: 'token' }, prefix)
	);
	await expectEvents(
		getToken(service, { ...sent, password: wrong }, address),
		event('login.refused', { reason: 'wrong_password', user_id }, prefix)
	);
	await expectEvents(
		getToken(service, { ...sent, email: uniqueEmail() }, address),
		event('login.refused', { reason: 'unknown_email' }, prefix)
	);
	for (let count = 0; count < 2; count++) await getToken(service, { ...sent, password: wrong }, address);
	await expectEvents(
		getToken(service, sent, address),
		event('login.limited', { limit: 'login-account-prefix' }, prefix)
	);
}

async function expectTokenEvents(sent: NewUser, user_id: string): Promise<void> {
	const refresh = (refresh_token: string) => post('/token', { grant_type: 'refresh_token', refresh_token });
	const offline = await post('/token', { email: sent.email, password: sent.password, offline: true });
	const old = String(offline.json.refresh_token);
	const refreshed = await refresh(old);
	await expectEvents(refreshed, event('refresh_token.used', { user_id }));
	await refresh(String(refreshed.json.refresh_token));
	await expectEvents(
		refresh(old),
		event('refresh_token.reused', { user_id }),
		event('refresh_token.refused', { reason: 'invalid_grant' })
	);

	const form = { token: String((await post('/token', sent)).json.access_token) };
	const revoke = (headers = {}) =>
		request(service.origin, { method: 'POST', path: '/revoke', form, headers });
	await expectEvents(
		revoke({ authorization: 'Basic eDp5' }),
		event('client.refused', { reason: 'invalid_client' })
	);
	await expectEvents(revoke(), event('session.revoked', { user_id }));
}
