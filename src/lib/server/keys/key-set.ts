import type { JWK } from 'jose';
import * as v from 'valibot';
import { cacheDocument, type CachedDocument } from '../cached-document.ts';

/** The public members of a public key (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2). */
const publicKey = v.object({
	kty: v.picklist(['EC', 'OKP', 'RSA']),
	crv: v.optional(v.string()),
	x: v.optional(v.string()),
	y: v.optional(v.string()),
	n: v.optional(v.string()),
	e: v.optional(v.string()),
	kid: v.string(),
	alg: v.picklist(['ES256', 'EdDSA', 'RS256']),
	use: v.literal('sig')
});

export const keySet = v.object({ keys: v.array(publicKey) });

/** The public keys as `/.well-known/jwks.json` publishes them (RFC 7517 §5). */
export function publishKeys(
	keys: readonly { kid: string; algorithm: string; publicJwk: JWK }[]
): CachedDocument {
	const described = keys.map(({ kid, algorithm, publicJwk }) => ({
		...publicJwk,
		kid,
		alg: algorithm,
		use: 'sig'
	}));
	return cacheDocument(v.parse(keySet, { keys: described }));
}
