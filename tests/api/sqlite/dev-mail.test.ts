import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { request } from '../../support/http/http.ts';
import { expectUnknown } from '../../support/http/unknown-path.ts';
import { useService } from '../../support/service/use-service.ts';
import { accessToken, register } from '../../support/people/users.ts';
import { newVisitor } from '../../support/people/visitor.ts';

const path = '/dev/mail';
const service = useService({ env: { DEV_MAIL: '1', APP_NAME: 'A <b>"bold"</b> & co', RATE_LIMITS: 'off' } });
const look = (headers = {}, method = 'GET') => request(service.origin, { method, path, headers });

async function forget(email: string, language = 'en'): Promise<void> {
	const visitor = newVisitor(service.origin);
	const answer = await visitor.post('/forgot-password', { email }, { 'accept-language': language });
	expect(answer.status).toBe(303);
}

describe('a developer on this machine', () => {
	test('is told when there is none', async () => {
		const { status, text } = await look();
		expect(status).toBe(200);
		expect(text).toContain('No emails are waiting.');
	});

	test('sees queued emails, the newest first, each in its language, with links that work', async () => {
		const [ada, bea] = [await register(service.origin), await register(service.origin)];
		await forget(ada.sent.email);
		await forget(bea.sent.email, 'de');
		const { status, headers, text } = await look();
		expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
		expect(text.indexOf(bea.sent.email)).toBeGreaterThan(-1);
		expect(text.indexOf(bea.sent.email)).toBeLessThan(text.indexOf(ada.sent.email));
		expect(text).toContain('<h2>Wählen Sie ein neues Passwort</h2>');
		expect(text).toContain('<h2>Choose a new password</h2>');

		const links = [...text.matchAll(/<a href="([^"]*\?token=[^"]*)">/g)].map(
			([, href = '']) => new URL(href)
		);
		expect(links.map(({ origin, pathname }) => origin + pathname)).toEqual(
			Array(2).fill(`${service.origin}/reset-password`)
		);
		const password = 'seven quiet yellow rivers';
		const token = links[1]?.searchParams.get('token') ?? '';
		const answer = await newVisitor(service.origin).post('/reset-password', { token, password });
		expect([answer.status, answer.headers.location]).toEqual([303, '/login?done=reset']);
		expect(await accessToken(service.origin, { ...ada.sent, password })).toBeTruthy();
	});

	test('sees text where others have written markup, and nothing of it runs or is kept', async () => {
		const { text, headers } = await look();
		expect(text).toContain('A &lt;b&gt;&quot;bold&quot;&lt;/b&gt; &amp; co');
		expect(text).not.toContain('<b>');
		expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^;]+; /);
		expect(headers).toMatchObject({
			'cache-control': 'no-store',
			'cross-origin-resource-policy': 'same-origin',
			'x-content-type-options': 'nosniff'
		});
	});

	test.for(['localhost', '127.0.0.1', '127.8.9.10', '[::1]'])('calls this machine %s', async (name) => {
		expect((await look({ host: `${name}:${service.port}` })).status).toBe(200);
	});

	test('may ask for the head alone', async () => {
		const { status, text } = await look({}, 'HEAD');
		expect([status, text]).toEqual([200, '']);
	});
});

describe('it is an address like any other that is not there', () => {
	test.for([
		['forwarded', 'for=127.0.0.1'],
		['x-forwarded-for', '127.0.0.1'],
		['X-FORWARDED-FOR', '127.0.0.1'],
		['x-forwarded-for', ''],
		['x-forwarded-proto', 'http'],
		['x-forwarded-host', 'localhost'],
		['x-forwarded-port', '3000'],
		['x-forwarded-server', 'proxy'],
		['x-real-ip', '127.0.0.1'],
		['via', '1.1 proxy'],
		['x-client-ip', '127.0.0.1'],
		['x-cluster-client-ip', '127.0.0.1'],
		['true-client-ip', '127.0.0.1'],
		['cf-connecting-ip', '127.0.0.1'],
		['fastly-client-ip', '127.0.0.1'],
		['x-original-forwarded-for', '127.0.0.1']
	])('for who was passed on: %s: %s', async ([name = '', value = '']) => {
		await expectUnknown(service, path, { headers: { [name]: value } });
	});

	test.for([
		'example.org',
		'localhost.example.org',
		'127.0.0.1.example.org',
		'localhost.',
		'192.0.2.2',
		'[::2]',
		'0.0.0.0'
	])('for who calls this machine %s', async (name) => {
		await expectUnknown(service, path, { headers: { host: `${name}:${service.port}` } });
	});

	test.for(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('for %s', async (method) => {
		await expectUnknown(service, path, { method });
		await expectUnknown(service, path, { method, form: { email: 'ada@example.org' } });
	});

	test.for(['/dev', '/dev/mail/x', '/DEV/MAIL', '/dev/mail.json', '/dev%2Fmail'])('as %s', async (near) => {
		await expectUnknown(service, near);
	});

	test('as the data of a page', async () => {
		const answer = await request(service.origin, { path: `${path}/__data.json` });
		expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
	});
});

describe.each([
	['DEV_MAIL is not set', { DEV_MAIL: undefined }],
	['DEV_MAIL is 0', { DEV_MAIL: '0' }],
	['there is a mail server', { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'accounts@example.org' }]
])('where %s', (_, env) => {
	const other = useService({ env: { DEV_MAIL: '1', ...env } });

	test('it is not there', async () => {
		await expectUnknown(other, path);
		await expectUnknown(other, path, { method: 'HEAD' });
		const isWarned = other.logs().some(({ msg }) => String(msg).includes('DEV_MAIL has no effect'));
		expect(isWarned).toBe('SMTP_URL' in env);
	});
});

describe('behind a proxy that is trusted', () => {
	const other = useService({ env: { DEV_MAIL: '1', TRUSTED_PROXIES: '127.0.0.1' } });

	test('it is not there, even for who says to be this machine', async () => {
		const headers = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': `localhost:${other.port}` };
		await expectUnknown(other, path, { headers });
		expect((await request(other.origin, { path })).status).toBe(200);
	});
});

const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
const address = interfaces.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** Needs an address by which this machine is another one; src/lib/server/http/dev-mail.test.ts does without. */
describe.runIf(address)('where the service listens to other machines, too', () => {
	const other = useService({ env: { DEV_MAIL: '1', HOST: '::' } });

	test('it is there for this one only, whatever the others call it', async () => {
		const headers = { host: `localhost:${other.port}` };
		expect((await request(other.origin, { path, headers })).status).toBe(200);
		const origin = `http://${address}:${other.port}`;
		await expectUnknown({ origin }, path, { headers });
	});
});
