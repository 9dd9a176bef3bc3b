import type { RequestEvent } from '@sveltejs/kit';
import { disconnected } from '../../../process/seam.ts';

/**
 * Aborts when the client disconnects before it has received the response. Kit's own `request.signal` and the `close`
 * event of the request do so only until the body has arrived.
 */
export function disconnectSignal({ request, platform }: RequestEvent): AbortSignal {
	// `vite dev` has no platform.
	if (!platform) return request.signal;
	const controller = new AbortController();
	if (platform.req.socket.destroyed) controller.abort();
	else platform.req.once(disconnected, () => controller.abort());
	return controller.signal;
}
