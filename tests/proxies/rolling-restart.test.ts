import { setTimeout as pause } from 'node:timers/promises';
import https from 'node:https';
import { expect, test } from 'vitest';
import { freePort } from '../support/service/port.ts';
import { startNginx } from '../support/service/proxies.ts';
import { type Service, startService } from '../support/service/service.ts';

const clients = 8;

test('no request fails while two instances behind nginx restart one after the other', async () => {
	const [port, httpPort] = [await freePort(), await freePort()];
	const origin = `https://localhost:${port}`;
	// Both instances have the same key, so that either can answer.
	const env = {
		ORIGIN: origin,
		TRUSTED_PROXIES: '127.0.0.1',
		SECRET_KEY: 'k'.repeat(64),
		RATE_LIMITS: 'off'
	};
	const instances = [await startService({ env }), await startService({ env })];
	const proxy = await startNginx({ port, httpPort, backends: instances.map((instance) => instance.port) });

	const statuses = new Map<number | string, number>();
	let isOver = false;
	const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

	/** Sends reads and posts in turns, each as soon as the previous one is answered. */
	async function load(client: number): Promise<void> {
		for (let turn = client; !isOver; turn++) {
			const status = await (turn % 4 === 0 ? post(origin, agent) : get(origin, agent));
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
		}
	}
	const loads = Array.from({ length: clients }, (_, client) => load(client));
	try {
		await pause(1_000);
		for (const [index, instance] of instances.entries()) {
			const { port: samePort, dataDir, database } = instance;
			expect(await instance.kill('SIGTERM')).toBe(0);
			const successorOf = { dataDir, database };
			instances[index] = await startService({ env: { ...env, PORT: String(samePort) }, successorOf });
			// nginx tries an instance that refused a connection again after 10 s (fail_timeout).
			await pause(11_000);
		}
	} finally {
		isOver = true;
		await Promise.all(loads);
		agent.destroy();
		await proxy.stop();
		await Promise.all(instances.map((instance: Service) => instance.stop()));
	}
	expect(Object.fromEntries(statuses)).toEqual({ 200: expect.any(Number), 401: expect.any(Number) });
	expect(statuses.get(200)).toBeGreaterThan(500);
}, 90_000);

const get = (origin: string, agent: https.Agent) => send(`${origin}/login`, { agent });

/** A login with an unknown address: nginx sends a POST to one instance only. */
const post = (origin: string, agent: https.Agent) =>
	send(`${origin}/token`, {
		agent,
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: '{"email":"unknown@example.org","password":"wrong"}'
	});

function send(
	url: string,
	{ body, ...options }: https.RequestOptions & { body?: string }
): Promise<number | string> {
	return new Promise((resolve) => {
		const sent = https.request(url, { ...options, family: 4 }, (answer) => {
			answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
		});
		sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		sent.end(body);
	});
}
