import type { Db } from '../db/tables.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findUserUnlessEnded } from '../sessions/ended-sessions.ts';
import type { User } from '../users/user.ts';
import { type TokenSigner, verifyAccessToken } from './access-token.ts';

/** The user whom an access token was issued to; refused also when the user or the session is gone. */
export async function identifyByToken(
	{ db, tokenSigner }: { db: Db; tokenSigner: TokenSigner },
	token: string,
	now = new Date()
): Promise<Outcome<User, 'invalid_token'>> {
	const verified = await verifyAccessToken(tokenSigner, token, now);
	if (!verified.ok) return verified;
	const { userId, sessionId = '' } = verified.value;
	const user = await findUserUnlessEnded(db, { userId, sid: sessionId });
	return user ? accept(user) : refuse('invalid_token');
}
