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

/** The same for a request that came to the app. */
export function documentResponse(
	request: Request,
	document: PublicDocument,
	maxAgeSeconds: number
): Response {
	const { body, ...init } = answerDocument(document, request.headers.get('if-none-match'), maxAgeSeconds);
	return new Response(body, init);
}

/** RFC 9110 §13.1.2: any of a list, compared weakly, since proxies that compress make validators weak. */
function matchesEtag(condition: string, etag: string): boolean {
	const listed = condition.split(',').map((entry) => entry.trim().replace(/^W\//, ''));
	return listed.includes('*') || listed.includes(etag);
}

/** How long others may keep the public keys. */
export const keysMaxAgeSeconds = 5 * 60;
/** … and the list of ended sessions. */
export const revokedMaxAgeSeconds = 30;
const keysPath = '/.well-known/jwks.json';
const revokedPath = '/.well-known/revoked.json';
/** Every service that verifies tokens asks for them, again and again. */
export const offeredPaths: readonly string[] = [keysPath, revokedPath];

/** A document that the process around the app answers with by itself, whenever there is one. */
export interface Offer {
	path: string;
	maxAgeSeconds: number;
	find(): PublicDocument | undefined;
}

const offerEvent = 'user-management:offer';

/** From the app to the process around it, which has modules of its own. */
function offerDocument(offer: Offer): void {
	(process as NodeJS.EventEmitter).emit(offerEvent, offer);
}

export function offerKeys(document: PublicDocument): void {
	offerDocument({ path: keysPath, maxAgeSeconds: keysMaxAgeSeconds, find: () => document });
}

/** @param find what is in memory, as long as it is fresh; else the app is asked */
export function offerRevoked(find: Offer['find']): void {
	offerDocument({ path: revokedPath, maxAgeSeconds: revokedMaxAgeSeconds, find });
}

/** What the app has offered last, by path. */
export function watchOffers(): ReadonlyMap<string, Offer> {
	const offers = new Map<string, Offer>();
	(process as NodeJS.EventEmitter).on(offerEvent, (offer: Offer) => offers.set(offer.path, offer));
	return offers;
}
