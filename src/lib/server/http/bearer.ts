import { accept, type Outcome, refuse } from '../outcome.ts';

/**
 * Reads the access token of an `Authorization` header (RFC 6750 §2.1); undefined without such a header. Any other
 * scheme is refused, not ignored.
 */
export function readBearerToken(
	authorization: string | null
): Outcome<string | undefined, 'authentication_required' | 'invalid_token'> {
	if (authorization === null) return accept(undefined);
	const [, scheme = '', token] = /^(\S+)(?: +(.*))?$/.exec(authorization.trim()) ?? [];
	if (scheme.toLowerCase() !== 'bearer') return refuse('authentication_required');
	return token && /^[A-Za-z0-9._~+/-]+=*$/.test(token) ? accept(token) : refuse('invalid_token');
}
