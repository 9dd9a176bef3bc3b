import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { authenticate, type Authenticator } from '../users/authenticate.ts';
import { accessTokenSeconds, issueAccessToken, type TokenSigner } from './access-token.ts';

/** What `POST /token` answers (RFC 6749 §5.1). */
export interface TokenResponse {
	access_token: string;
	token_type: 'Bearer';
	expires_in: number;
}

/**
 * Exchanges an e-mail and a password for an access token. Refused as `authenticate` refuses, and with
 * `unsupported_grant_type` for any `grant_type` but `password`.
 */
export async function exchangePassword(
	services: Authenticator & { tokenSigner: TokenSigner },
	fields: Fields,
	context: Context = {}
): Promise<Outcome<TokenResponse>> {
	// A parameter without a value counts as left out (RFC 6749 §3.2).
	const grantType = fields.grant_type === '' ? undefined : fields.grant_type;
	if (grantType !== undefined && grantType !== 'password') return refuse('unsupported_grant_type');
	const { now = new Date(), record = () => {} } = context;
	const authenticated = await authenticate(services, fields, { ...context, now });
	if (!authenticated.ok) return authenticated;
	record('login.succeeded', { user_id: authenticated.value.id, via: 'token' });
	return accept({
		access_token: await issueAccessToken(services.tokenSigner, authenticated.value, now),
		token_type: 'Bearer',
		expires_in: accessTokenSeconds
	});
}
