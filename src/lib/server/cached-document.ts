import { createHash } from 'node:crypto';

/** JSON for everybody, as it is sent. */
export interface CachedDocument {
	body: string;
	/** A strong validator: other contents have another one. */
	etag: string;
}

export function cacheDocument(value: object): CachedDocument {
	const body = JSON.stringify(value);
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
