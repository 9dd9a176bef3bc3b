import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/** How long an idle connection stays open, so that what a proxy is just sending on it is still answered. */
const lingerMs = 400;
const sweepMs = 25;

/**
 * Stops a server: takes no new connection, finishes what is in flight, and ends each kept-alive connection with its next
 * answer, or when it stays idle.
 *
 * @returns when the last connection is gone, or after `graceMs` with the rest cut off
 */
export function drain(server: Server, graceMs: number): Promise<'drained' | 'cut off'> {
	return new Promise((resolve) => {
		const deadline = setTimeout(() => {
			server.closeAllConnections();
			resolve('cut off');
		}, graceMs);
		server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
		let sweep: NodeJS.Timeout | undefined;
		const linger = setTimeout(() => {
			sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
		}, lingerMs);
		// Not http.Server's own close: that would cut idle connections at once.
		NetServer.prototype.close.call(server, () => {
			clearTimeout(deadline);
			clearTimeout(linger);
			clearInterval(sweep);
			resolve('drained');
		});
	});
}
