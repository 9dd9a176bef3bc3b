import { decodeJwt, type JWTPayload } from 'jose';
import { authenticateClient } from '../clients/authenticate-client.ts';
import type { Context } from '../context.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findRefreshSession } from '../sessions/refresh-token.ts';
import { identifyByToken } from './identify.ts';
import type { TokenReader, TokenRequest, TokenRequestReason } from './revoke.ts';

/** What there is to say of a token (RFC 7662 §2.2). */
export type Introspection =
	| { active: false }
	| (Pick<JWTPayload, 'sub' | 'aud' | 'iss' | 'exp' | 'iat' | 'jti'> & {
			active: true;
			token_type: 'Bearer' | 'refresh_token';
			/** The user's e-mail address. */
			username: string;
			sid?: unknown;
			scope?: unknown;
			client_id?: unknown;
	  });

/** Tells a configured client whether an access or refresh token is good now, and what it says. */
export async function introspectToken(
	reader: TokenReader,
	{ fields: { token }, credentials }: TokenRequest,
	{ now = new Date() }: Context = {}
): Promise<Outcome<Introspection, TokenRequestReason>> {
	const client = authenticateClient(reader.config.clients, credentials);
	if (!client.ok) return client;
	if (typeof token !== 'string' || token === '') return refuse('invalid_request');
	const described =
		(await describeAccessToken(reader, token, now)) ?? (await describeRefreshToken(reader, token, now));
	return accept(described ?? { active: false });
}

async function describeAccessToken(
	reader: TokenReader,
	token: string,
	now: Date
): Promise<Introspection | undefined> {
	const identified = await identifyByToken(reader, token, now);
	if (!identified.ok) return undefined;
	const { sub, aud, iss, exp, iat, jti, sid, scope, client_id } = decodeJwt(token);
	const { email: username } = identified.value;
	const claims = { sub, aud, iss, exp, iat, jti, sid, scope, client_id };
	return { active: true, token_type: 'Bearer', username, ...claims };
}

async function describeRefreshToken(
	{ db, tokenSigner }: TokenReader,
	token: string,
	now: Date
): Promise<Introspection | undefined> {
	const found = await findRefreshSession(db, token, now);
	if (!found?.isCurrent) return undefined;
	const { session, user } = found;
	return {
		active: true,
		token_type: 'refresh_token',
		username: user.email,
		sub: user.id,
		iss: tokenSigner.issuer,
		exp: Math.floor(session.expires_at / 1000),
		iat: Math.floor((session.refreshed_at ?? session.created_at) / 1000),
		sid: session.id
	};
}
