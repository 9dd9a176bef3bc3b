import type { Db } from '../db/tables.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { User } from '../users/user.ts';
import { type Bearer, type TokenSigner, verifyAccessToken } from './access-token.ts';
import { lastRefusedSecond } from './issuing-time.ts';
import { findUserUnlessEnded } from '../users/store-bearers.ts';

export type IdentifiedBearer = Bearer & { user: User };

/**
 * Finds the user of an access token. Also refuses the token if the user or the session no longer exists, or if the
 * password has changed since.
 */
export async function identifyByToken(
	{ db, tokenSigner }: { db: Db; tokenSigner: TokenSigner },
	token: string,
	now = new Date()
): Promise<Outcome<IdentifiedBearer, 'invalid_token'>> {
	const verified = await verifyAccessToken(tokenSigner, token, now);
	if (!verified.ok) return verified;
	const { userId, sessionId = '', issuedAt } = verified.value;
	const user = await findUserUnlessEnded(db, { userId, sid: sessionId });
	const isValid = user && issuedAt > lastRefusedSecond(user);
	return isValid ? accept({ ...verified.value, user }) : refuse('invalid_token');
}
