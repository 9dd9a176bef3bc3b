import { authenticateClient, type ClientCredentials } from '../clients/authenticate-client.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { inTransaction } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { endSessionById } from '../sessions/ended-sessions.ts';
import { findRefreshSession } from '../sessions/refresh-token.ts';
import { type Bearer, type TokenSigner, verifyAccessToken } from './access-token.ts';

/** The services for looking up tokens. */
export interface TokenReader {
	db: Db;
	tokenSigner: TokenSigner;
	config: Pick<Config, 'clients'>;
}

/** A request about a token, with the credentials of the client if it sent any. */
export interface TokenRequest {
	fields: Fields;
	credentials: ClientCredentials | undefined;
}

export type TokenRequestReason = 'invalid_client' | 'invalid_request';

/**
 * Revokes a token by ending its session (RFC 7009). An invalid token is no error. Possession of the token is enough,
 * but credentials must be right if they are sent.
 */
export async function revokeToken(
	{ db, tokenSigner, config }: TokenReader,
	{ fields: { token }, credentials }: TokenRequest,
	{ now, audit }: Context
): Promise<Outcome<undefined, TokenRequestReason>> {
	const client = credentials && authenticateClient(config.clients, credentials);
	if (client && !client.ok) return client;
	if (typeof token !== 'string' || token === '') return refuse('invalid_request');
	const { userId, sessionId } = (await findBearer({ db, tokenSigner }, token, now)) ?? {};
	if (!sessionId) return accept(undefined);
	await inTransaction(db, async (transaction) => {
		const isNew = await endSessionById(transaction, sessionId, now);
		if (isNew) await audit.record(transaction, 'session.revoked', { user_id: userId });
	});
	return accept(undefined);
}

/** The form of the token shows its kind, so `token_type_hint` is not needed. */
async function findBearer(
	{ db, tokenSigner }: Pick<TokenReader, 'db' | 'tokenSigner'>,
	token: string,
	now: Date
): Promise<Pick<Bearer, 'userId' | 'sessionId'> | undefined> {
	const refreshed = await findRefreshSession(db, token, now);
	if (refreshed) return { userId: refreshed.user.id, sessionId: refreshed.session.id };
	const verified = await verifyAccessToken(tokenSigner, token, now);
	return verified.ok ? verified.value : undefined;
}
