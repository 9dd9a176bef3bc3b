import type { CachedDocument } from '#lib/server/cached-document.ts';
import type { Foundation } from '#lib/server/foundation.ts';

/**
 * Everything that passes between the process and the app. The build gives each a separate copy of every module, so they
 * meet only in headers, events and global symbols. The process overwrites the headers on every request.
 */

/** The scheme of the request; the adapter reads it. */
export const schemeHeader = 'x-forwarded-proto';
export const requestIdHeader = 'x-request-id';
/** The address of the peer. */
export const peerAddressHeader = 'x-peer-address';
/** Present when many clients may share the address. */
export const sharedPeerHeader = 'x-peer-address-shared';
/** What only the process knows about its state, for `/readyz`. */
export const reportHeader = 'x-process-report';

/** Emitted on a request whose client has disconnected before it received the answer. */
export const disconnected = 'disconnected';

/** A document that the process serves without the app while it is available. */
export interface CachedRoute {
	path: string;
	maxAgeSeconds: number;
	find(): CachedDocument | undefined;
}

const cachedRouteEvent = 'user-management:cached-route';

/** Called by the app. */
export function serveFromCache(route: CachedRoute): void {
	(process as NodeJS.EventEmitter).emit(cachedRouteEvent, route);
}

/** Called by the process. @returns the latest route of each path */
export function watchCachedRoutes(): ReadonlyMap<string, CachedRoute> {
	const routes = new Map<string, CachedRoute>();
	(process as NodeJS.EventEmitter).on(cachedRouteEvent, (route: CachedRoute) =>
		routes.set(route.path, route)
	);
	return routes;
}

/** Registered, so that it is the same in both copies of this module. */
const foundationSymbol = Symbol.for('user-management:foundation');
const holder = globalThis as typeof globalThis & { [foundationSymbol]?: Foundation };

/** Called by the process before it imports the app. */
export function provideFoundation(foundation: Foundation): void {
	holder[foundationSymbol] = foundation;
}

/** Called by the app. @returns undefined when the app runs without the process, as in `vite dev` */
export function findFoundation(): Foundation | undefined {
	return holder[foundationSymbol];
}

const stoppedEvent = 'user-management:stopped';

/** Called by the app when nothing of it is under way any more. */
export function reportStopped(): void {
	(process as NodeJS.EventEmitter).emit(stoppedEvent);
}

/** Called by the process before it stops the app. */
export function onStopped(act: () => void): void {
	(process as NodeJS.EventEmitter).once(stoppedEvent, act);
}
