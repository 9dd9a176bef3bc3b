import { createHash } from 'node:crypto';
import type { JWK } from 'jose';

/** The public keys as `/.well-known/jwks.json` gives them away (RFC 7517 §5). */
export interface PublishedKeys {
	body: string;
	/** A strong validator: other keys have another one. */
	etag: string;
}

export function publishKeys(
	keys: readonly { kid: string; algorithm: string; publicJwk: JWK }[]
): PublishedKeys {
	const published = keys.map(({ kid, algorithm, publicJwk }) => ({
		...publicJwk,
		kid,
		alg: algorithm,
		use: 'sig'
	}));
	const body = JSON.stringify({ keys: published });
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
