import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { BlockList, type AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { request } from '../../tests/support/http/http.ts';
import type { Config } from '#lib/server/config/config.ts';
import { PeerWatch } from './peer-watch.ts';
import { createListener } from './listener.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(
	app: Parameters<typeof createListener>[0]
): Promise<{ origin: string; lines: string[] }> {
	const lines: string[] = [];
	const log = pino({}, { write: (line) => void lines.push(line) });
	const listener = createListener(app, {
		config: { trustedProxies: new BlockList() } as Config,
		log,
		peers: new PeerWatch(log),
		hasAsset: () => false,
		report: () => ({ seesOnePeer: false })
	});
	server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, lines };
}

test('a request that the app breaks on is answered with 500, and the log says why', async () => {
	const { origin, lines } = await serve(async () => {
		throw new Error('the reason');
	});
	const answer = await request(origin, { path: '/login' });
	expect(answer).toMatchObject({ status: 500, json: { code: 'internal_error' } });
	expect(answer.text).not.toContain('the reason');
	const fault = lines.find((line) => line.includes('the reason'));
	expect(fault).toContain(String(answer.headers['x-request-id']));
});

test('an answer that the app breaks off is cut, not ended as if it were whole', async () => {
	const { origin } = await serve(async (_request, response) => {
		response.write('half');
		throw new Error('the reason');
	});
	await expect(request(origin, { path: '/login' })).rejects.toThrow('aborted');
});

test('a file that cannot be read cuts its answer, and the log says why', async () => {
	const { origin, lines } = await serve(async (_request, response) => {
		response.writeHead(200, { 'content-length': 10 });
		createReadStream('/nothing/here').pipe(response);
	});
	await expect(request(origin, { path: '/favicon.svg' })).rejects.toThrow('socket hang up');
	expect(lines.some((line) => line.includes('ENOENT'))).toBe(true);
	await expect(request(origin, { path: '/favicon.svg' })).rejects.toThrow('socket hang up');
});
