import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** How long an idle connection stays open, so that a request that a proxy is just sending on it is still answered. */
const lingerMs = 400;
const sweepMs = 25;

/**
 * Prepares a server for a stop. Browsers open connections in advance, and Node does not count a connection as idle
 * before its first request, so these are tracked here.
 *
 * @returns a function that stops the server: it accepts no new connections and finishes running requests. A keep-alive
 * connection ends with its next response, or while it is idle. Resolves to `drained`, or to `cut off` if it had to end
 * the remaining connections after `graceMs`.
 */
export function prepareDrain(server: Server): (graceMs: number) => Promise<'drained' | 'cut off'> {
	// By address and port of the peer, because with TLS the socket of a request is not that of the connection.
	const silent = new Map<string, Socket>();
	const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
	server.on('connection', (socket: Socket) => {
		const key = keyOf(socket);
		silent.set(key, socket);
		socket.once('close', () => silent.delete(key));
	});
	server.on('request', ({ socket }) => silent.delete(keyOf(socket)));

	return function drain(graceMs) {
		return new Promise((resolve) => {
			const deadline = setTimeout(() => {
				server.closeAllConnections();
				resolve('cut off');
			}, graceMs);
			server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
			let sweep: NodeJS.Timeout | undefined;
			const linger = setTimeout(() => {
				for (const socket of silent.values()) socket.destroy();
				sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
			}, lingerMs);
			// The `close` of net.Server, because that of http.Server would close idle connections immediately.
			NetServer.prototype.close.call(server, () => {
				clearTimeout(deadline);
				clearTimeout(linger);
				clearInterval(sweep);
				resolve('drained');
			});
		});
	};
}
