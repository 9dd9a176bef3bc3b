import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Serves the requests of a connection one after the other. Node begins all that arrive together, and keeps in memory
 * what a client does not take: a thousand requests fit into one packet, and none of the answers need be read.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
	const latest = new WeakMap<Socket, ServerResponse>();
	return function listen(request, response) {
		const { socket } = request;
		const before = latest.get(socket);
		latest.set(socket, response);
		if (!before || before.closed) return listener(request, response);
		before.once('close', () => {
			if (!socket.destroyed) listener(request, response);
		});
	};
}
