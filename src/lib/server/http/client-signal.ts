import type { RequestEvent } from '@sveltejs/kit';

/** What the process emits on a request whose client has gone before it got its answer. */
export const clientGone = 'client-gone';

/**
 * Aborts when the client has gone before it got its answer. Kit's own `request.signal` and the request's `close` tell
 * that only until the body has arrived.
 */
export function clientSignal({ request, platform }: RequestEvent): AbortSignal {
	// `vite dev` has no platform.
	if (!platform) return request.signal;
	const gone = new AbortController();
	if (platform.req.socket.destroyed) gone.abort();
	else platform.req.once(clientGone, () => gone.abort());
	return gone.signal;
}
