import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** How long an idle connection stays open, so that what a proxy is just sending on it is still answered. */
const lingerMs = 400;
const sweepMs = 25;

/**
 * Prepares a server for being stopped: Node does not count a connection as idle on which nothing was ever sent, such as
 * the ones that browsers open beforehand.
 *
 * @returns what stops it: takes no new connection, finishes what is in flight, and ends each kept-alive connection with
 * its next answer, or when it stays idle. It comes to `drained`, or after `graceMs` to `cut off` with the rest ended.
 */
export function prepareDrain(server: Server): (graceMs: number) => Promise<'drained' | 'cut off'> {
	// By address and port of the client: with TLS, a request's socket is another object than the connection's.
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
			// Not http.Server's own close: that would close idle connections immediately.
			NetServer.prototype.close.call(server, () => {
				clearTimeout(deadline);
				clearTimeout(linger);
				clearInterval(sweep);
				resolve('drained');
			});
		});
	};
}
