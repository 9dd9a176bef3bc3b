import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import type { Fields } from '../fields.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { type RefreshPolicy, useRefreshToken } from '../sessions/refresh-token.ts';
import type { TokenSigner } from '../tokens/access-token.ts';
import { grantTokens, type TokenResponse } from '../tokens/token-response.ts';

/** The services for exchanging refresh tokens. */
export interface RefreshServices {
	db: Db;
	tokenSigner: TokenSigner;
	refreshPolicy: RefreshPolicy;
}

export type RefreshReason = 'invalid_request' | 'invalid_grant';

/** Exchanges a refresh token for an access token and the next refresh token (RFC 6749 §6). */
export async function refreshTokens(
	{ db, tokenSigner, refreshPolicy: policy }: RefreshServices,
	{ refresh_token: token }: Fields,
	{ now, audit }: Context
): Promise<Outcome<TokenResponse, RefreshReason>> {
	if (typeof token !== 'string' || token === '') return refuse('invalid_request');
	const refreshed = await useRefreshToken(db, { token, policy, audit }, now);
	if (!refreshed.ok) {
		await audit.record(db, 'refresh_token.refused', { reason: refreshed.reason });
		return refreshed;
	}
	const { user, ...session } = refreshed.value;
	await audit.record(db, 'refresh_token.used', { user_id: user.id });
	return grantTokens(tokenSigner, { user, session }, now);
}
