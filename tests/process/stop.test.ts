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

test('a connection on which nothing was ever sent does not hold the end up', async () => {
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
	'%s waits for what is in flight, and %s after it ends the process at once',
	async (first, second) => {
		const service = await startService();
		const socket = await beginRequest(service.port);
		process.kill(service.pid, first);
		await expect.poll(() => service.output()).toContain('Stopping: finishing what is in flight');
		process.kill(service.pid, second);
		// Ended by the signal: there is no status.
		expect(await service.exited).toBeNull();
		expect(service.output().match(/Stopping/g)).toHaveLength(1);
		socket.destroy();
		await service.stop();
	}
);
