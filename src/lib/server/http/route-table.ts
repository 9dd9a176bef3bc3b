import type { RouteId } from '$app/types';
import { refuse, type Refusal } from '../outcome.ts';
import { mediaType } from './accept.ts';
import { formType, jsonType } from './body.ts';

/** What one URL answers: as a page, as an API, or both. */
export interface RouteEntry {
	page?: readonly string[];
	api?: readonly string[];
	/** Looks at the browser's session. */
	session?: true;
	/** Only for the signed-in. */
	guarded?: true;
}

const read = ['GET', 'HEAD'] as const;
const readAndPost = ['GET', 'HEAD', 'POST'] as const;

export const routeTable = {
	'/': { page: read, session: true },
	'/(account)/account': { page: read, session: true, guarded: true },
	'/(account)/account/profile': { page: readAndPost, session: true, guarded: true },
	'/(account)/account/password': { page: readAndPost, session: true, guarded: true },
	'/(account)/account/email': { page: readAndPost, session: true, guarded: true },
	'/(account)/account/sessions': { page: readAndPost, session: true, guarded: true },
	'/(account)/account/delete': { page: readAndPost, session: true, guarded: true },
	'/register': { page: readAndPost, api: ['POST'], session: true },
	'/login': { page: readAndPost, session: true },
	'/logout': { page: readAndPost, session: true },
	'/check-email': { page: readAndPost, session: true },
	'/forgot-password': { page: readAndPost, session: true },
	'/(link)/verify-email': { page: readAndPost, session: true },
	'/(link)/reset-password': { page: readAndPost, session: true },
	'/(link)/confirm-email': { page: readAndPost, session: true },
	'/(link)/undo-email-change': { page: readAndPost, session: true },
	'/language': { page: ['POST'] },
	'/problems/[code]': { page: read, session: true },
	'/token': { api: ['POST'] },
	'/me': { api: [...read, 'PATCH', 'DELETE'], session: true },
	'/me/password': { api: ['POST'], session: true },
	'/me/email': { api: ['POST'], session: true },
	'/me/export': { api: read, session: true },
	'/me/sessions': { api: [...read, 'DELETE'], session: true },
	'/me/sessions/[id]': { api: ['DELETE'], session: true },
	'/reports': { api: ['POST'] },
	'/revoke': { api: ['POST'] },
	'/introspect': { api: ['POST'] },
	'/.well-known/jwks.json': { api: read },
	'/.well-known/revoked.json': { api: read },
	'/.well-known/oauth-authorization-server': { api: read },
	'/openapi.json': { api: read },
	'/docs': { page: read },
	'/livez': { api: read },
	'/readyz': { api: read }
} satisfies Partial<Record<RouteId, RouteEntry>>;

export function findRoute(routeId: string | null): RouteEntry | undefined {
	return routeId !== null && Object.hasOwn(routeTable, routeId)
		? routeTable[routeId as keyof typeof routeTable]
		: undefined;
}

/** Every method that the URL answers, as `Allow` lists them. */
export function allowedMethods({ page = [], api = [] }: RouteEntry): string[] {
	return [...new Set([...page, ...api])];
}

/**
 * Decides which face a request is for, and sets `Accept` so that Kit, which looks at nothing else, takes the same one.
 * Reading goes to the page whatever `Accept` says; a form goes to the page and JSON to the API.
 *
 * @returns a refusal when the body is of a type that neither face takes
 */
export function chooseHandler(face: RouteEntry, { method, headers }: Request): Refusal | undefined {
	const hasBoth = face.page !== undefined && face.api !== undefined;
	if (method === 'GET' || method === 'HEAD') {
		if (hasBoth) headers.set('accept', 'text/html');
		return undefined;
	}
	const type = mediaType(headers.get('content-type'));
	if (face.page?.includes(method) && type === formType) {
		// An enhanced form asks for JSON and says in this header that it wants the action's.
		if (!headers.has('x-sveltekit-action')) headers.set('accept', 'text/html');
		return undefined;
	}
	if (face.api?.includes(method) && (type === jsonType || !face.page)) {
		headers.delete('x-sveltekit-action');
		headers.set('accept', 'application/json');
		return undefined;
	}
	return refuse('unsupported_media_type');
}
