import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { authenticateClient } from '../clients/authenticate-client.ts';
import type { Context } from '../context.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findRefreshSession } from '../sessions/refresh-token.ts';
import { identifyByToken } from './identify.ts';
import type { TokenReader, TokenRequest, TokenRequestReason } from './revoke.ts';

const activeToken = v.object({
	active: v.literal(true),
	token_type: v.picklist(['Bearer', 'refresh_token']),
	username: v.pipe(v.string(), v.description('The email address of the user.')),
	sub: v.optional(v.string()),
	aud: v.optional(v.union([v.string(), v.array(v.string())])),
	iss: v.optional(v.string()),
	exp: v.optional(v.number()),
	iat: v.optional(v.number()),
	jti: v.optional(v.string()),
	sid: v.optional(v.pipe(v.string(), v.description('The session, by which the token can be revoked.'))),
	scope: v.optional(v.string()),
	client_id: v.optional(v.string())
});

/** What a client learns about a token (RFC 7662 §2.2). */
export const introspection = v.union([activeToken, v.object({ active: v.literal(false) })]);

export type Introspection = v.InferOutput<typeof introspection>;

/** Tells a configured client whether an access token or refresh token is valid, and what it says. */
export async function introspectToken(
	reader: TokenReader,
	{ fields: { token }, credentials }: TokenRequest,
	{ now }: Context
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
	const { email: username } = identified.value.user;
	const claims = { sub, aud, iss, exp, iat, jti, sid, scope, client_id };
	return v.parse(activeToken, { active: true, token_type: 'Bearer', username, ...claims });
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
