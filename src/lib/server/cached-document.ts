import { createHash } from 'node:crypto';

/** JSON that is the same for every client, as it is sent. */
export interface CachedDocument {
	body: string;
	/** A strong validator: it changes with the content. */
	etag: string;
}

export function cacheDocument(value: object): CachedDocument {
	const body = JSON.stringify(value);
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
