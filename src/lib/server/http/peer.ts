import type { RequestEvent } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { peerAddressHeader, sharedPeerHeader } from '../../../process/seam.ts';
import type { Audit } from '../audit/audit.ts';
import type { Context, Peer } from '../context.ts';
import { addressPrefix } from './address-prefix.ts';
import { disconnectSignal } from './disconnect-signal.ts';
import { readKnownBrowser } from './known-browser-cookie.ts';

export function readPeer(event: RequestEvent): Peer {
	const { headers } = event.request;
	// `vite dev` runs without the process around the app.
	const address = event.platform ? headers.get(peerAddressHeader) : event.getClientAddress();
	return {
		prefix: addressPrefix(address ?? ''),
		isShared: !event.platform || headers.has(sharedPeerHeader),
		knownBrowser: readKnownBrowser(event),
		userAgent: headers.get('user-agent') ?? undefined
	};
}

/** The context of a request, built once in `hooks.server.ts`. */
export function createRequestContext(event: RequestEvent, audit: Audit): Context {
	let peer: Peer | undefined;
	let signal: AbortSignal | undefined;
	return {
		now: new Date(),
		// Computed on first use, because most requests need neither.
		get peer() {
			return (peer ??= readPeer(event));
		},
		get signal() {
			return (signal ??= disconnectSignal(event));
		},
		locale: getLocale(),
		audit
	};
}
