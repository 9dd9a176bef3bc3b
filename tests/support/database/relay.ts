import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../service/port.ts';

interface Target {
	host: string;
	port: number;
}

/** A TCP relay between the service and its database server, so that a test can take the server away or make it slow. */
export interface Relay {
	port: number;
	/** Breaks every connection and refuses new ones, as a stopped server does. */
	cut: () => Promise<void>;
	/** Lets connections through again. */
	restore: () => Promise<void>;
	/** Hands everything on so much later, as a slow network or server would. */
	delay: (ms: number) => void;
	/** Sends new connections to another server, as a failover that moves a name does. Open ones stay where they are. */
	move: (target: Target) => void;
	/** Swallows all that is sent over the open connections and, until `move`, over new ones; closes none of them. */
	swallow: () => void;
}

/** Starts a relay on a loopback port; cut it when the test is over. */
export async function startRelay(target: Target): Promise<Relay> {
	const sockets = new Set<Socket>();
	const port = await freePort();
	let current = target;
	let delayMs = 0;
	let swallowsNew = false;
	const swallowed = new WeakSet<Socket>();
	const server = createServer((inward) => {
		const outward = connect(current);
		for (const [from, to] of [
			[inward, outward],
			[outward, inward]
		] as const) {
			sockets.add(from);
			if (swallowsNew) swallowed.add(from);
			let last = Promise.resolve();
			from.on('data', (chunk) => {
				const due = pause(delayMs);
				last = last.then(() => due).then(() => void (to.destroyed || swallowed.has(from) || to.write(chunk)));
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
		move(next) {
			current = next;
			swallowsNew = false;
		},
		swallow() {
			swallowsNew = true;
			for (const socket of sockets) swallowed.add(socket);
		},
		cut: async () => {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		}
	};
}
