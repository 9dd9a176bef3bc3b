import type { Context } from '../context.ts';
import type { Fields } from '../fields.ts';
import { type Outcome, refuse } from '../outcome.ts';
import type { TokenResponse } from '../tokens/token-response.ts';
import type { LoginReason } from './authenticate.ts';
import type { LoginServices } from './login-services.ts';
import { exchangePassword } from './password-grant.ts';
import { type RefreshReason, type RefreshServices, refreshTokens } from './refresh-grant.ts';

/**
 * Exchanges credentials for tokens. `grant_type` decides between an email address with a password, and a refresh token.
 */
export async function exchangeTokens(
	services: LoginServices & RefreshServices,
	fields: Fields,
	context: Context
): Promise<Outcome<TokenResponse, LoginReason | RefreshReason | 'unsupported_grant_type'>> {
	// A parameter without a value counts as omitted (RFC 6749 §3.2).
	const grantType = fields.grant_type === '' ? undefined : fields.grant_type;
	if (grantType === undefined || grantType === 'password') return exchangePassword(services, fields, context);
	// A request for the refresh grant with a password but without a refresh token fits neither grant, so it is refused.
	const isRefresh = grantType === 'refresh_token' && (fields.refresh_token || !fields.password);
	return isRefresh ? refreshTokens(services, fields, context) : refuse('unsupported_grant_type');
}
