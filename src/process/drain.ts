import type { Server } from 'node:http';

/**
 * Stops a server: takes no new connection, lets what is in flight finish, and closes each kept-alive connection after
 * its answer.
 *
 * @returns when the last connection is gone, or after `graceMs` with the rest cut off
 */
export function drain(server: Server, graceMs: number): Promise<'drained' | 'cut off'> {
	return new Promise((resolve) => {
		const deadline = setTimeout(() => {
			server.closeAllConnections();
			resolve('cut off');
		}, graceMs).unref();
		server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
		// A connection that becomes idle between two answers is closed as soon as it is.
		const sweep = setInterval(() => server.closeIdleConnections(), 50).unref();
		server.close(() => {
			clearTimeout(deadline);
			clearInterval(sweep);
			resolve('drained');
		});
		server.closeIdleConnections();
	});
}
