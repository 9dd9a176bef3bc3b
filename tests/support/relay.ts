import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './port.ts';

/** A TCP relay between the service and its database server, so that a test can take the server away. */
export interface Relay {
	port: number;
	/** Breaks every connection and refuses new ones, as a stopped server does. */
	cut: () => Promise<void>;
	/** Lets connections through again. */
	restore: () => Promise<void>;
}

/** Starts a relay on a loopback port; cut it when the test is over. */
export async function startRelay(target: { host: string; port: number }): Promise<Relay> {
	const sockets = new Set<Socket>();
	const port = await freePort();
	const server = createServer((inward) => {
		const outward = connect(target);
		for (const [from, to] of [
			[inward, outward],
			[outward, inward]
		] as const) {
			sockets.add(from);
			from.pipe(to);
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
		cut: async () => {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		}
	};
}
