/** JSON that is the same for everybody. */
export interface PublicDocument {
	body: string;
	/** A strong validator: other contents have another one. */
	etag: string;
}

/** What is sent for a document: caches may keep it, and scripts of any site may read it. */
export interface DocumentAnswer {
	status: 200 | 304;
	headers: Record<string, string>;
	body: string | null;
}

/** @param condition the `If-None-Match` of the request @param maxAgeSeconds how long caches keep it without asking */
export function answerDocument(
	{ body, etag }: PublicDocument,
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

/** RFC 9110 §13.1.2: any of a list, compared weakly, since proxies that compress make validators weak. */
function matchesEtag(condition: string, etag: string): boolean {
	const listed = condition.split(',').map((entry) => entry.trim().replace(/^W\//, ''));
	return listed.includes('*') || listed.includes(etag);
}

/** How long others may keep the public keys. */
export const keysMaxAgeSeconds = 5 * 60;
export const keysPath = '/.well-known/jwks.json';
const keysEvent = 'user-management:keys';

/**
 * Hands the public keys from the app to the process around it, which has modules of its own. It answers with them by
 * itself: every service that verifies tokens asks for them.
 */
export function offerKeys(document: PublicDocument): void {
	(process as NodeJS.EventEmitter).emit(keysEvent, document);
}

/** The public keys that the app has offered last. */
export function watchKeys(): () => PublicDocument | undefined {
	let offered: PublicDocument | undefined;
	(process as NodeJS.EventEmitter).on(keysEvent, (document: PublicDocument) => (offered = document));
	return () => offered;
}
