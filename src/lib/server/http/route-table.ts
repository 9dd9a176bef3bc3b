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
	/** Whether the page looks at the session of the browser. */
	hasSession: boolean;
}

/** The pages of a group need a caller; operations say so themselves. */
const groupNeeds: Record<string, Route['needs']> = { '/(account)': 'user' };

/** Pages that are the same for everyone, and answer without a database. */
const withoutSession = ['/docs'];

const apiMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
// Exhaustive, because `.well-known` is a hidden folder.
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

/** The route of an id such as `/(account)/account`, read from its own files when it is first asked for. */
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

/** Every method that the URL answers, as `Allow` lists them. */
export function allowedMethods({ page, api }: Route): string[] {
	return [...new Set([...page, ...api])];
}

/**
 * Decides whether the page or the API answers, and sets `Accept` so that Kit, which looks at nothing else, decides the same.
 * Reading goes to the page whatever `Accept` says; a form goes to the page, and JSON to the API.
 *
 * @returns a refusal when neither takes the type of the body
 */
export function chooseHandler({ page, api }: Route, { method, headers }: Request): Refusal | undefined {
	if (isReading(method)) {
		if (page.length > 0 && api.length > 0) headers.set('accept', 'text/html');
		return undefined;
	}
	const type = mediaType(headers.get('content-type'));
	if (page.includes(method) && type === formType) {
		// An enhanced form asks for JSON and says in this header that it wants the action's answer.
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
