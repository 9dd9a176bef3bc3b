import type { Locale } from '#lib/paraglide/runtime.js';
import type { Audit } from './audit/audit.ts';

/** The other end of the connection: what limits and the labels of sessions need to know about it. */
export interface Peer {
	/** The IPv4 address, or the first 64 bits of the IPv6 address as a CIDR range. */
	prefix: string;
	/** Whether many clients may share the address, as behind a gateway. */
	isShared: boolean;
	/** The cookie of a browser that has logged in before. */
	knownBrowser?: string | undefined;
	/** The `User-Agent` header. */
	userAgent?: string | undefined;
}

/** The circumstances of a use case: built once for each request or command. */
export interface Context {
	now: Date;
	peer: Peer;
	/** The language of the emails that the act sends. */
	locale: Locale;
	/** Aborts when the client has disconnected. */
	signal: AbortSignal;
	audit: Audit;
}
