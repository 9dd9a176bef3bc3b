import { createHash } from 'node:crypto';
import type { JWK } from 'jose';

/** JSON for everybody, as it is sent. */
export interface Published {
	body: string;
	/** A strong validator: other contents have another one. */
	etag: string;
}

/** The public keys, as `/.well-known/jwks.json` gives them away (RFC 7517 §5). */
export function publishKeys(keys: readonly { kid: string; algorithm: string; publicJwk: JWK }[]): Published {
	return publish({
		keys: keys.map(({ kid, algorithm, publicJwk }) => ({ ...publicJwk, kid, alg: algorithm, use: 'sig' }))
	});
}

/**
 * What clients find out by themselves (RFC 8414 §2). The password grant works but is not advertised: new clients should
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
	});
}

export function publish(value: object): Published {
	const body = JSON.stringify(value);
	return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
