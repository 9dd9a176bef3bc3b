import { type CachedRoute, serveFromCache } from '../../../process/seam.ts';
import type { CachedDocument } from '../cached-document.ts';
import { minuteMs, secondMs } from '../durations.ts';

/** The answer for a public document: caches may keep it, and scripts of any site may read it. */
export interface DocumentAnswer {
	status: 200 | 304;
	headers: Record<string, string>;
	body: string | null;
}

/** @param condition the `If-None-Match` of the request @param maxAgeSeconds how long caches keep it without asking */
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

/** The same for a request that reached the app. */
export function documentResponse(
	request: Request,
	document: CachedDocument,
	maxAgeSeconds: number
): Response {
	const { body, ...init } = answerDocument(document, request.headers.get('if-none-match'), maxAgeSeconds);
	return new Response(body, init);
}

/** RFC 9110 §13.1.2: any of a list, compared weakly, because proxies that compress make validators weak. */
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
/** Every service that verifies tokens polls these. */
export const cachedPaths: readonly string[] = [keysPath, revokedPath];

export function serveKeys(document: CachedDocument): void {
	serveFromCache({ path: keysPath, maxAgeSeconds: keysMaxAgeSeconds, find: () => document });
}

/** @param find the list in memory while it is fresh; otherwise the app is asked */
export function serveRevoked(find: CachedRoute['find']): void {
	serveFromCache({ path: revokedPath, maxAgeSeconds: revokedMaxAgeSeconds, find });
}
