import { expect, test } from 'vitest';
import { securityEvents } from '../../src/lib/server/audit/events.ts';
import { eventsOf as eventsIn, isAboutAccounts, watchEvents } from '../support/event-watch.ts';
import { type Answer, request } from '../support/http.ts';
import { getToken, logIn, newAddress, smallLimits, wrong } from '../support/limits.ts';
import { hashByHand } from '../support/phc.ts';
import { useService } from '../support/use-service.ts';
import { newUser, register, uniqueEmail } from '../support/users.ts';

const service = useService({ env: smallLimits });

const { seen, event } = watchEvents(securityEvents);
const eventsOf = (answer: Answer) => eventsIn(service, answer);
const post = (path: string, json: object, headers = {}) =>
	request(service.origin, { method: 'POST', path, json, headers });

test('every act of security leaves one line with a stable name', async () => {
	const address = '2001:db8:1:2:3:4:5:6';
	const prefix = '2001:db8:1:2::/64';
	const { sent, user, answer } = await register(service.origin);
	const user_id = String(user.id);
	const browser = { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' };

	expect(await eventsOf(answer)).toEqual(event('user.registered', { user_id }));
	expect(await eventsOf(await post('/register', sent))).toEqual(
		event('registration.refused', { reason: 'email_taken' })
	);
	expect(await eventsOf(await post('/register', { ...newUser(), role: 'admin' }))).toEqual(
		event('registration.refused', { reason: 'role_not_allowed' })
	);
	expect(await eventsOf(await post('/register', newUser(), browser))).toEqual(
		event('request.cross_site', {})
	);

	expect(await eventsOf(await getToken(service, sent, address))).toEqual(
		event('login.succeeded', { user_id, via: 'token' }, prefix)
	);
	expect(await eventsOf(await getToken(service, { ...sent, password: wrong }, address))).toEqual(
		event('login.refused', { reason: 'wrong_password', user_id }, prefix)
	);
	expect(await eventsOf(await getToken(service, { ...sent, email: uniqueEmail() }, address))).toEqual(
		event('login.refused', { reason: 'unknown_email' }, prefix)
	);
	for (let count = 0; count < 2; count++) await getToken(service, { ...sent, password: wrong }, address);
	expect(await eventsOf(await getToken(service, sent, address))).toEqual(
		event('login.limited', { limit: 'login-account-prefix' }, prefix)
	);

	const weak = hashByHand(sent.password, { memory: 8192, passes: 1 });
	await service.database.query('update users set hashed_password = ? where id = ?', [weak, user_id]);
	const own = newAddress();
	const page = await logIn(service, sent, undefined, own);
	expect(await eventsOf(page)).toEqual([
		...event('password.rehashed', { user_id }, own),
		...event('login.succeeded', { user_id, via: 'session' }, own)
	]);
	const cookie = page.cookies.map((line) => line.split(';', 1)[0]).join('; ');
	const out = await request(service.origin, {
		method: 'POST',
		path: '/logout',
		form: {},
		headers: { cookie }
	});
	expect(await eventsOf(out)).toEqual(event('session.ended', { user_id }));

	const headers = { authorization: 'Bearer a.b.c' };
	expect(await eventsOf(await request(service.origin, { path: '/me', headers }))).toEqual(
		event('token.refused', { reason: 'invalid_token' })
	);

	const refresh = (refresh_token: string) => post('/token', { grant_type: 'refresh_token', refresh_token });
	const offline = await post('/token', { email: sent.email, password: sent.password, offline: true });
	const old = String(offline.json.refresh_token);
	const refreshed = await refresh(old);
	expect(await eventsOf(refreshed)).toEqual(event('refresh_token.used', { user_id }));
	await refresh(String(refreshed.json.refresh_token));
	expect(await eventsOf(await refresh(old))).toEqual([
		...event('refresh_token.reused', { user_id }),
		...event('refresh_token.refused', { reason: 'invalid_grant' })
	]);

	const form = { token: String((await post('/token', sent)).json.access_token) };
	const revoke = (headers = {}) =>
		request(service.origin, { method: 'POST', path: '/revoke', form, headers });
	expect(await eventsOf(await revoke({ authorization: 'Basic eDp5' }))).toEqual(
		event('client.refused', { reason: 'invalid_client' })
	);
	expect(await eventsOf(await revoke())).toEqual(event('session.revoked', { user_id }));

	const flood = { 'x-forwarded-for': newAddress() };
	for (let count = 0; count < 4; count++) await post('/register', newUser(), flood);
	expect(await eventsOf(await post('/register', newUser(), flood))).toEqual(
		event('registration.limited', { limit: 'register-prefix' }, flood['x-forwarded-for'])
	);

	// Key pairs are made and removed by the service itself: keys-cli.test.ts.
	const acts = Object.keys(securityEvents).filter(
		(name) => !name.startsWith('signing_key.') && !isAboutAccounts(name)
	);
	expect(seen, 'all that the table names').toEqual(new Set(acts));
});
