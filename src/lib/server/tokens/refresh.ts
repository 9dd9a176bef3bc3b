import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import type { Fields } from '../fields.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { type RefreshPolicy, useRefreshToken } from '../sessions/refresh-token.ts';
import type { TokenSigner } from './access-token.ts';
import { grantTokens, type TokenResponse } from './token-response.ts';

/** What refresh tokens are exchanged with. */
export interface Refresher {
	db: Db;
	tokenSigner: TokenSigner;
	refreshPolicy: RefreshPolicy;
}

export type RefreshReason = 'invalid_request' | 'invalid_grant';

/** A new access token and the next refresh token for a refresh token. */
export async function refreshTokens(
	{ db, tokenSigner, refreshPolicy: policy }: Refresher,
	{ refresh_token: token }: Fields,
	{ now = new Date(), record = () => {} }: Context = {}
): Promise<Outcome<TokenResponse, RefreshReason>> {
	if (typeof token !== 'string' || token === '') return refuse('invalid_request');
	const onReuse = ({ id }: { id: string }) => record('refresh_token.reused', { user_id: id });
	const refreshed = await useRefreshToken(db, { token, policy, onReuse }, now);
	if (!refreshed.ok) {
		record('refresh_token.refused', { reason: refreshed.reason });
		return refreshed;
	}
	const { user, ...session } = refreshed.value;
	record('refresh_token.used', { user_id: user.id });
	return grantTokens(tokenSigner, { user, session }, now);
}
