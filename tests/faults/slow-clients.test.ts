import { globSync, readFileSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/http/http.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, type NewUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

/** As in server.ts: the limits for the headers and for the whole request. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 20_000;
/** The server checks once a second, and a busy machine needs time to end thousands of connections. */
const slackMs = 8_000;

const service = useService({
	engine: 'sqlite',
	env: { RATE_LIMITS: 'off', LOG_LEVEL: 'warn', HASH_QUEUE_MS: '60000' }
});
let user: NewUser;
let residentBefore = 0;

interface Client {
	socket: Socket;
	said: () => string;
	/** Resolves to the time that it was open, in milliseconds. */
	closed: Promise<number>;
}

const clients: Client[] = [];

function open(bytes: string, { isReading = true } = {}): Promise<Client> {
	const startedAt = performance.now();
	const socket = connect({ port: service.port, host: '127.0.0.1' });
	const chunks: Buffer[] = [];
	if (isReading) socket.on('data', (chunk: Buffer) => chunks.push(chunk));
	socket.on('error', () => {});
	const closed = new Promise<number>((resolve) => {
		socket.once('close', () => resolve(performance.now() - startedAt));
	});
	const client: Client = { socket, closed, said: () => Buffer.concat(chunks).toString('latin1') };
	clients.push(client);
	return new Promise((resolve, reject) => {
		socket.once('error', reject);
		socket.once('connect', () => {
			socket.off('error', reject);
			if (bytes) socket.write(bytes);
			resolve(client);
		});
	});
}

/** Opens connections in batches, because the kernel queues only some hundred that wait to be accepted. */
async function openMany(count: number, bytes: string, options?: { isReading: boolean }): Promise<Client[]> {
	const opened: Client[] = [];
	while (opened.length < count) {
		const batch = Array.from({ length: Math.min(100, count - opened.length) }, () => open(bytes, options));
		opened.push(...(await Promise.all(batch)));
	}
	return opened;
}

/** @returns the path of the largest static file */
function largestFile(): string {
	const folder = path.resolve(import.meta.dirname, '../../build/client');
	const files = globSync('**/*.js', { cwd: folder });
	const size = (file: string) => statSync(path.join(folder, file)).size;
	return `/${files.toSorted((a, b) => size(b) - size(a))[0]}`;
}

/** @returns the resident memory of the service in MiB */
function resident(): number {
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))?.[1]) / 1024;
}

function halfPost(path: string, type: string, body: string): string {
	return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${body.length + 100}\r\n\r\n${body}`;
}

async function expectServed(): Promise<void> {
	const startedAt = performance.now();
	await expect(accessToken(service.origin, user)).resolves.toMatch(/\./);
	const visitor = newVisitor(service.origin);
	expect((await visitor.post('/login', { email: user.email, password: user.password })).status).toBe(303);
	expect((await visitor.get('/account')).status).toBe(200);
	expect((await request(service.origin, { path: '/favicon.svg' })).status).toBe(200);
	expect((await request(service.origin, { path: '/readyz' })).status).toBe(200);
	expect(performance.now() - startedAt).toBeLessThan(slackMs);
}

beforeAll(async () => {
	user = (await register(service.origin)).sent;
	await expectServed();
	residentBefore = resident();
});

afterAll(() => {
	for (const { socket } of clients) socket.destroy();
});

test('slow and silent clients delay no other client, cost little memory, and are disconnected in time', async () => {
	// Each requests more than the kernel's buffers hold, and reads none of it.
	const file = `GET ${largestFile()} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
	await openMany(5, file.repeat(600), { isReading: false });
	const halfHeaders = await openMany(100, 'GET /login HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
	const halfBodies = [
		...(await openMany(100, halfPost('/token', 'application/json', '{"email":"'))),
		...(await openMany(100, halfPost('/login', 'application/x-www-form-urlencoded', 'email=ada'))),
		...(await openMany(50, halfPost('/register', 'application/json', '{"email":"')))
	];
	const silent = await openMany(3_000, '');
	const kept = await openMany(100, 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
	await expectServed();

	// Sending a byte now and then does not keep a connection open: the limit is for the whole request.
	const dripping = setInterval(() => {
		for (const { socket } of [...halfHeaders, ...halfBodies]) if (socket.writable) socket.write('a');
	}, 1_000);
	const served = (async () => {
		for (let round = 0; round < 8; round++) {
			await expectServed();
			await pause(500);
		}
	})();
	await Promise.all([
		served,
		...[...halfHeaders, ...silent].map(async ({ closed, said }) => {
			expect(await closed).toBeLessThan(headersTimeoutMs + slackMs);
			if (said() !== '') expect(said()).toMatch(/^HTTP\/1\.1 408 .*"code":"request_timeout"/s);
		}),
		...halfBodies.map(async ({ closed, said }) => {
			expect(await closed).toBeLessThan(requestTimeoutMs + slackMs);
			expect(said()).toMatch(/^HTTP\/1\.1 408 .*"code":"request_timeout"/s);
		})
	]);
	clearInterval(dripping);
	expect(halfHeaders.every(({ said }) => said().startsWith('HTTP/1.1 408 '))).toBe(true);
	expect(kept.every(({ socket, said }) => !socket.destroyed && said().startsWith('HTTP/1.1 200 '))).toBe(
		true
	);
	await expectServed();
	console.log(`resident before ${Math.round(residentBefore)} MiB, after ${Math.round(resident())} MiB`);
	expect(resident() - residentBefore).toBeLessThan(250);
});
