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

/** What tokens are looked up with. */
export interface TokenReader {
	db: Db;
	tokenSigner: TokenSigner;
	config: Pick<Config, 'clients'>;
}

/** A token that somebody asks about, and who it is where that is told. */
export interface TokenRequest {
	fields: Fields;
	credentials: ClientCredentials | undefined;
}

export type TokenRequestReason = 'invalid_client' | 'invalid_request';

/**
 * Ends the session of an access or refresh token (RFC 7009); one that is not good is nothing to refuse. To have the token is
 * enough, but the credentials of a client, when there are any, have to be right.
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

/** Which of the two it is shows in its form: `token_type_hint` is not needed. */
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
