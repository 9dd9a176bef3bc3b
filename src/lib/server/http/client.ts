import type { RequestEvent } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { Client, Context } from '../context.ts';
import { addressPrefix } from './address-prefix.ts';
import { clientSignal } from './client-signal.ts';
import { readDevice } from './device-cookie.ts';

/** The headers in which the process tells where a request came from; overwritten on every request. */
export const addressHeader = 'x-client-address';
/** There when the address may be a gateway's. */
export const sharedAddressHeader = 'x-client-address-shared';

export function readClient(event: RequestEvent): Client {
	const { headers } = event.request;
	// `vite dev` runs without the process.
	const address = event.platform ? headers.get(addressHeader) : event.getClientAddress();
	return {
		prefix: addressPrefix(address ?? ''),
		isShared: !event.platform || headers.has(sharedAddressHeader),
		device: readDevice(event),
		userAgent: headers.get('user-agent') ?? undefined
	};
}

/** What a use case may know of the request. */
export function requestContext(event: RequestEvent): Context {
	return {
		signal: clientSignal(event),
		client: readClient(event),
		record: event.locals.record,
		locale: getLocale()
	};
}
