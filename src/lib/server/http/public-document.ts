import { type CachedRoute, serveFromCache } from '../../../process/seam.ts';
import type { CachedDocument } from '../cached-document.ts';
import { minuteMs, secondMs } from '../durations.ts';

/** The response with a public document. Caches may keep it, and scripts of any site may read it. */
export interface DocumentAnswer {
	status: 200 | 304;
	headers: Record<string, string>;
	body: string | null;
}

/**
 * @param condition the `If-None-Match` header of the request
 * @param maxAgeSeconds how long caches may use the document without revalidation
 */
export function answerDocument(
	{ body, etag }: CachedDocument,
	condition: string | null | undefined,
	maxAgeSeconds: number
): DocumentAnswer {
	const headers = {
		'cache-control': `public, max-age=${maxAgeSeconds}`,
		etag,
		'access-control-allow-origin': '*'
	};
	if (condition && matchesEtag(condition, etag)) return { status: 304, headers, body: null };
	const length = String(Buffer.byteLength(body));
	return {
		status: 200,
		headers: { ...headers, 'content-type': 'application/json', 'content-length': length },
		body
	};
}

/** Makes the same response for a request that reached the app. */
export function documentResponse(
	request: Request,
	document: CachedDocument,
	maxAgeSeconds: number
): Response {
	const { body, ...init } = answerDocument(document, request.headers.get('if-none-match'), maxAgeSeconds);
	return new Response(body, init);
}

/** RFC 9110 §13.1.2: any listed tag matches. Compares weakly, because proxies that compress make strong tags weak. */
function matchesEtag(condition: string, etag: string): boolean {
	const listed = condition.split(',').map((entry) => entry.trim().replace(/^W\//, ''));
	return listed.includes('*') || listed.includes(etag);
}

/** How long caches may keep the public keys. */
export const keysMaxAgeSeconds = (5 * minuteMs) / secondMs;
/** How long caches may keep the list of revoked sessions. */
export const revokedMaxAgeSeconds = 30;
const keysPath = '/.well-known/jwks.json';
const revokedPath = '/.well-known/revoked.json';
/** Every service that verifies tokens polls these paths. */
export const cachedPaths: readonly string[] = [keysPath, revokedPath];

export function serveKeys(document: CachedDocument): void {
	serveFromCache({ path: keysPath, maxAgeSeconds: keysMaxAgeSeconds, find: () => document });
}

/** @param find returns the list in memory while it is fresh; otherwise the request goes to the app */
export function serveRevoked(find: CachedRoute['find']): void {
	serveFromCache({ path: revokedPath, maxAgeSeconds: revokedMaxAgeSeconds, find });
}
