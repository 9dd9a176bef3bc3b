import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startService } from '../support/service/service.ts';

/** A connection on which a request has begun but does not end. */
async function beginRequest(port: number) {
	const socket = connect(port, '127.0.0.1');
	await once(socket, 'connect');
	socket.write(
		'POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'
	);
	await pause(100);
	return socket;
}

test('a connection on which nothing was sent does not delay the stop', async () => {
	const service = await startService();
	const silent = connect(service.port, '127.0.0.1');
	await once(silent, 'connect');
	expect(await service.kill('SIGTERM')).toBe(0);
	expect(service.output()).not.toContain('did not finish in time');
	silent.destroy();
	await service.stop();
});

test.each([
	['SIGTERM', 'SIGTERM'],
	['SIGTERM', 'SIGINT'],
	['SIGINT', 'SIGTERM']
] as const)(
	'%s waits for the requests in flight, and a later %s ends the process immediately',
	async (first, second) => {
		const service = await startService();
		const socket = await beginRequest(service.port);
		process.kill(service.pid, first);
		await expect.poll(() => service.output()).toContain('Stopping: finishing what is in flight');
		process.kill(service.pid, second);
		// A process that a signal ended has no status.
		expect(await service.exited).toBeNull();
		expect(service.output().match(/Stopping/g)).toHaveLength(1);
		socket.destroy();
		await service.stop();
	}
);
