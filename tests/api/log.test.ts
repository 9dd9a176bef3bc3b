import { expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { accessToken, newUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

test('after a day’s work the log has no password, token, cookie or whole email address, and every line is JSON', async () => {
	const service = await startService({ env: { LOG_LEVEL: 'trace' } });
	const password = 'Geheimnis mit Äpfeln';
	const { sent } = await register(service.origin, { password });
	const token = await accessToken(service.origin, sent);
	const authorization = `Bearer ${token}`;
	await request(service.origin, { path: '/me', headers: { authorization } });
	await request(service.origin, { path: '/me', headers: { authorization: `${authorization}x` } });
	await request(service.origin, {
		method: 'POST',
		path: '/token',
		json: { ...sent, password: `${password}!` }
	});
	await request(service.origin, { method: 'POST', path: '/register', json: sent });
	await request(service.origin, {
		method: 'POST',
		path: '/token',
		body: `{"password":"${password}`,
		headers: { 'content-type': 'application/json' }
	});
	await request(service.origin, { path: `/me?access_token=${token}&email=${sent.email}` });
	await request(service.origin, { path: `/users/${sent.email}` });
	await request(service.origin, { path: `/users/${encodeURIComponent(sent.email)}` });

	const visitor = newVisitor(service.origin);
	await visitor.post('/login', { email: sent.email, password: `${password}?` });
	await visitor.post('/login', { email: sent.email, password });
	const cookie = visitor.cookies.get('session') ?? '';
	await visitor.get('/account');
	await visitor.post('/logout', {});
	await visitor.post('/register', { ...newUser({ email: `second.${sent.email}`, password }) });
	const secondCookie = visitor.cookies.get('session') ?? '';

	expect(await service.stop()).toBe(0);
	const output = service.output();
	expect(service.logs().length).toBeGreaterThan(10);
	for (const line of output.split('\n').filter(Boolean))
		expect(() => JSON.parse(line) as unknown, line).not.toThrow();
	for (const [what, secret] of Object.entries({
		password,
		'part of the password': 'Geheimnis',
		'escaped password': encodeURIComponent(password),
		token,
		signature: token.split('.')[2] ?? '',
		cookie,
		secondCookie,
		email: sent.email,
		'escaped email': encodeURIComponent(sent.email),
		hash: '$argon2'
	})) {
		expect(secret).not.toBe('');
		expect(output.includes(secret), what).toBe(false);
	}
});

test('every line says when, how grave and what, and a request’s line how it went', async () => {
	const service = await startService();
	await request(service.origin, { path: '/me?secret=1' });
	await service.stop();
	const lines = service.logs();
	for (const line of lines) {
		expect(line).toMatchObject({
			level: expect.stringMatching(/^[a-z]+$/),
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			msg: expect.stringMatching(/^[A-Z]/)
		});
	}
	expect(lines.filter(({ path }) => path === '/me')).toEqual([
		expect.objectContaining({
			level: 'info',
			method: 'GET',
			status: 401,
			peer: '127.0.0.1',
			duration_ms: expect.any(Number),
			request_id: expect.any(String)
		})
	]);
});
