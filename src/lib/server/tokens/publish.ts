import { createHash } from 'node:crypto';
import type { JWK } from 'jose';
import * as v from 'valibot';

/** JSON for everybody, as it is sent. */
export interface Published {
	body: string;
	/** A strong validator: other contents have another one. */
	etag: string;
}

/** Of a public key (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2) what everybody may know. */
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

/** The public keys, as `/.well-known/jwks.json` gives them away (RFC 7517 §5). */
export function publishKeys(keys: readonly { kid: string; algorithm: string; publicJwk: JWK }[]): Published {
	const described = keys.map(({ kid, algorithm, publicJwk }) => ({
		...publicJwk,
		kid,
		alg: algorithm,
		use: 'sig'
	}));
	return publish(v.parse(keySet, { keys: described }));
}

/** The metadata of an authorization server (RFC 8414 §2). */
export const serverMetadata = v.object({
	issuer: v.string(),
	token_endpoint: v.string(),
	jwks_uri: v.string(),
	response_types_supported: v.array(v.string()),
	grant_types_supported: v.array(v.string()),
	token_endpoint_auth_methods_supported: v.array(v.string()),
	revocation_endpoint: v.string(),
	revocation_endpoint_auth_methods_supported: v.array(v.string()),
	introspection_endpoint: v.optional(v.string()),
	introspection_endpoint_auth_methods_supported: v.optional(v.array(v.string()))
});

/**
 * What clients find out by themselves. The password grant works but is not advertised: new clients should
 * not begin with it (RFC 9700 §2.4). Lists are there because left out they would mean other grants.
 *
 * @param hasClients whether there is anybody who may ask about tokens
 */
export function publishMetadata(issuer: string, { hasClients }: { hasClients: boolean }): Published {
	const clientMethods = ['client_secret_basic', 'client_secret_post'];
	return publish({
		issuer,
		token_endpoint: `${issuer}/token`,
		jwks_uri: `${issuer}/.well-known/jwks.json`,
		response_types_supported: [],
		grant_types_supported: ['refresh_token'],
		token_endpoint_auth_methods_supported: ['none'],
		revocation_endpoint: `${issuer}/revoke`,
		revocation_endpoint_auth_methods_supported: ['none', ...(hasClients ? clientMethods : [])],
		...(hasClients
			? {
					introspection_endpoint: `${issuer}/introspect`,
					introspection_endpoint_auth_methods_supported: clientMethods
				}
			: {})
	} satisfies v.InferOutput<typeof serverMetadata>);
}

export function publish(value: object): Published {
	const body = JSON.stringify(value);
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
