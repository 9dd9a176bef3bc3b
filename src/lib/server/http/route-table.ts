import { refuse, type Refusal } from '../outcome.ts';
import { mediaType } from './accept.ts';
import { formType, jsonType } from './body.ts';
import { isReading } from './methods.ts';

/** What a URL answers: as a page, as an API, or both. */
export interface Route {
	/** The methods of the page; empty where there is none. */
	page: readonly string[];
	/** The methods of the API. */
	api: readonly string[];
	/** Who may open the page: `user` for signed-in users. */
	needs?: 'user' | undefined;
	/** Whether the page reads the session of the browser. */
	hasSession: boolean;
}

/** The needs of a group's pages. Operations state their own. */
const groupNeeds: Record<string, Route['needs']> = { '/(account)': 'user' };

/** Pages that are the same for every user, and answer without a database. */
const withoutSession = ['/docs'];

const apiMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
// `exhaustive` includes hidden folders such as `.well-known`.
const pages = import.meta.glob('/src/routes/**/+page.svelte', { exhaustive: true });
const pageServers = import.meta.glob<{ actions?: object }>('/src/routes/**/+page.server.ts', {
	exhaustive: true
});
const endpoints = import.meta.glob<Record<string, unknown>>('/src/routes/**/+server.ts', {
	exhaustive: true
});

/** The id of every route, such as `/(account)/account`. */
export const routeIds: readonly string[] = [
	...new Set(
		[pages, pageServers, endpoints]
			.flatMap(Object.keys)
			.map((file) => file.slice('/src/routes'.length, file.lastIndexOf('/')) || '/')
	)
];

const known = new Map<string, Promise<Route | undefined>>();

/** Finds the route with an id such as `/(account)/account`. Reads it from its own files on its first request. */
export function findRoute(id: string | null): Promise<Route | undefined> {
	if (id === null) return Promise.resolve(undefined);
	const found = known.get(id) ?? readRoute(id);
	known.set(id, found);
	return found;
}

async function readRoute(id: string): Promise<Route | undefined> {
	const folder = `/src/routes${id === '/' ? '' : id}`;
	const server = await pageServers[`${folder}/+page.server.ts`]?.();
	const hasPage = Object.hasOwn(pages, `${folder}/+page.svelte`) || server !== undefined;
	const endpoint = await endpoints[`${folder}/+server.ts`]?.();
	const api = endpoint ? apiMethods.filter((method) => isAnswered(endpoint, method)) : [];
	if (!hasPage && api.length === 0) return undefined;
	const page = hasPage ? ['GET', 'HEAD', ...(server?.actions ? ['POST'] : [])] : [];
	const [, needs] = Object.entries(groupNeeds).find(([group]) => id.startsWith(`${group}/`)) ?? [];
	return {
		page,
		api,
		needs,
		hasSession: hasPage && !withoutSession.includes(id)
	};
}

function isAnswered(endpoint: Record<string, unknown>, method: string): boolean {
	return typeof endpoint[method === 'HEAD' ? 'GET' : method] === 'function';
}

/** All methods that the URL supports, as `Allow` lists them. */
export function allowedMethods({ page, api }: Route): string[] {
	return [...new Set([...page, ...api])];
}

/**
 * Decides whether the page or the API answers. Sets `Accept` accordingly, because Kit decides by nothing else. A
 * request that only reads goes to the page, whatever its `Accept` header. A form goes to the page, and JSON to the API.
 *
 * @returns a refusal if neither accepts the type of the body
 */
export function chooseHandler({ page, api }: Route, { method, headers }: Request): Refusal | undefined {
	if (isReading(method)) {
		if (page.length > 0 && api.length > 0) headers.set('accept', 'text/html');
		return undefined;
	}
	const type = mediaType(headers.get('content-type'));
	if (page.includes(method) && type === formType) {
		// An enhanced form accepts JSON, and requests the response of the action with this header.
		if (!headers.has('x-sveltekit-action')) headers.set('accept', 'text/html');
		return undefined;
	}
	if (api.includes(method) && (type === jsonType || page.length === 0)) {
		headers.delete('x-sveltekit-action');
		headers.set('accept', 'application/json');
		return undefined;
	}
	return refuse('unsupported_media_type');
}
