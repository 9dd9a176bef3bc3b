import * as v from 'valibot';
import { cacheDocumentOf } from '../cached-document.ts';
import type { Config } from '../config/config.ts';

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
 * What clients discover. The password grant works but is not advertised, because new clients should not start with it
 * (RFC 9700 §2.4). Empty lists are included, because the defaults of omitted ones name other grants.
 *
 * @param hasClients whether any client may introspect tokens
 */
export function describeServer(
	issuer: string,
	{ hasClients }: { hasClients: boolean }
): v.InferOutput<typeof serverMetadata> {
	const clientMethods = ['client_secret_basic', 'client_secret_post'];
	return {
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
	};
}

export const publishMetadata = cacheDocumentOf(({ origin, clients }: Pick<Config, 'origin' | 'clients'>) =>
	describeServer(origin, { hasClients: clients.length > 0 })
);
