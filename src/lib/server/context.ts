import type { Locale } from '#lib/paraglide/runtime.js';
import type { RecordEvent } from './audit/events.ts';

/** Who asks, as far as limits care. */
export interface Client {
	/** The IPv4 address, or the first 64 bits of the IPv6 address, as a CIDR range. */
	prefix: string;
	/** Whether the address may be that of a gateway which hides many clients. */
	isShared: boolean;
	/** The cookie of a browser that has logged in before. */
	device?: string | undefined;
	/** What the client calls itself. */
	userAgent?: string | undefined;
}

/** What a use case may know of the circumstances of a request. */
export interface Context {
	/** Default: the time of the clock. */
	now?: Date | undefined;
	/** Aborts when nobody waits for the answer any more. */
	signal?: AbortSignal | undefined;
	client?: Client | undefined;
	/** The language for what is sent about it. */
	locale?: Locale | undefined;
	/** Notes an act of security in the log. */
	record?: RecordEvent | undefined;
}
