import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Serves the requests of a connection one after another. Node would start all requests that arrive together, and keep
 * each response in memory until the client reads it. A thousand requests fit into one packet, and the client need not
 * read any response.
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
