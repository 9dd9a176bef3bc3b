import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../service/port.ts';

/** A TCP relay between the service and its database server, so that a test can take the server away or make it slow. */
export interface Relay {
	port: number;
	/** Breaks every connection and refuses new ones, as a stopped server does. */
	cut: () => Promise<void>;
	/** Lets connections through again. */
	restore: () => Promise<void>;
	/** Hands everything on so much later, as a slow network or server would. */
	delay: (ms: number) => void;
}

/** Starts a relay on a loopback port; cut it when the test is over. */
export async function startRelay(target: { host: string; port: number }): Promise<Relay> {
	const sockets = new Set<Socket>();
	const port = await freePort();
	let delayMs = 0;
	const server = createServer((inward) => {
		const outward = connect(target);
		for (const [from, to] of [
			[inward, outward],
			[outward, inward]
		] as const) {
			sockets.add(from);
			let last = Promise.resolve();
			from.on('data', (chunk) => {
				const due = pause(delayMs);
				last = last.then(() => due).then(() => void (to.destroyed || to.write(chunk)));
			});
			from.on('error', () => to.destroy());
			from.on('close', () => {
				sockets.delete(from);
				to.destroy();
			});
		}
	});
	const restore = async () => {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
	};
	await restore();
	return {
		port,
		restore,
		delay: (ms) => (delayMs = ms),
		cut: async () => {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		}
	};
}
