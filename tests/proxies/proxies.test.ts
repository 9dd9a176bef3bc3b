import https from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { freePort } from '../support/service/port.ts';
import { type Proxy, startCaddy, startNginx } from '../support/service/proxies.ts';
import { type Service, startService } from '../support/service/service.ts';
import { newUser } from '../support/people/users.ts';

describe.each([
	['nginx', startNginx, (port: number) => `https://localhost:${port}`],
	// Caddy redirects to the usual port, whichever one the test gave it.
	['Caddy', startCaddy, () => 'https://localhost']
])('behind %s with the documented file', (_name, startProxy, redirectsTo) => {
	let service: Service;
	let proxy: Proxy;
	let origin: string;

	beforeAll(async () => {
		const [port, httpPort] = [await freePort(), await freePort()];
		origin = `https://localhost:${port}`;
		service = await startService({
			env: { ORIGIN: origin, ALLOWED_HOSTS: 'localhost', TRUSTED_PROXIES: '127.0.0.1' }
		});
		proxy = await startProxy({ port, httpPort, backends: [service.port] });
	});
	afterAll(async () => {
		await proxy?.stop();
		await service?.stop();
	});

	/** A form post as a browser sends it, through the proxy. */
	function submit(path: string, form: object, headers: Record<string, string> = {}) {
		const body = new URLSearchParams({ ...form }).toString();
		const type = 'application/x-www-form-urlencoded';
		return send(path, { method: 'POST', body, headers: { 'content-type': type, origin, ...headers } });
	}

	async function send(
		path: string,
		{ body, ...options }: { method?: string; headers?: Record<string, string>; body?: string } = {}
	) {
		const sent = https.request(`${origin}${path}`, {
			...options,
			family: 4,
			rejectUnauthorized: false,
			headers: { accept: 'text/html', ...options.headers }
		});
		const { promise, resolve, reject } = Promise.withResolvers<{
			status: number;
			headers: NodeJS.Dict<string | string[]>;
			cookies: string[];
		}>();
		sent.on('error', reject);
		sent.on('response', (answer) => {
			answer.resume().on('end', () => {
				const cookies = answer.headers['set-cookie'] ?? [];
				resolve({ status: answer.statusCode ?? 0, headers: answer.headers, cookies });
			});
		});
		sent.end(body);
		return promise;
	}

	test('registering logs in with a Secure cookie of the __Host- prefix, which opens the account', async () => {
		const registered = await submit('/register', newUser());
		expect(registered.status).toBe(303);
		const [cookie = ''] = registered.cookies;
		expect(cookie).toMatch(/^__Host-session=[\w-]{43}; /);
		for (const attribute of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax'])
			expect(cookie).toContain(attribute);
		const account = await send('/account', { headers: { cookie: cookie.split(';', 1)[0] ?? '' } });
		expect(account.status).toBe(200);
		expect(account.headers['strict-transport-security']).toMatch(/^max-age=/);
	});

	test('a form of another site is refused', async () => {
		const answer = await submit('/login', {}, { origin: 'https://evil.example' });
		expect(answer.status).toBe(403);
	});

	test('plain HTTP is redirected to the address', async () => {
		const answer = await request(`http://localhost:${proxy.httpPort}`, { path: '/login?next=/account' });
		expect(answer.status).toBe(308);
		expect(answer.headers.location).toBe(`${redirectsTo(proxy.port)}/login?next=/account`);
	});

	test('what the sender of a request says about itself does not reach the log', async () => {
		await send('/problems/not-found', {
			headers: {
				'x-forwarded-for': '203.0.113.9',
				'x-peer-address': '203.0.113.9',
				'x-request-id': 'mine-mine'
			}
		});
		const line = () => service.logs().find(({ path }) => path === '/problems/not-found');
		await expect.poll(line).toMatchObject({ peer: '127.0.0.1' });
		expect(line()?.request_id).toMatch(/^[0-9a-f-]{32,36}$/);
	});
});
