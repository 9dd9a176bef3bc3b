import type { Db } from '../db/tables.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { findUser } from '../users/find-user.ts';
import type { User } from '../users/user.ts';
import { type TokenSigner, verifyAccessToken } from './access-token.ts';

/** The user whom an access token was issued to. Refused with `invalid_token`, also when the user is gone. */
export async function identifyByToken(
	{ db, tokenSigner }: { db: Db; tokenSigner: TokenSigner },
	token: string,
	now = new Date()
): Promise<Outcome<User>> {
	const verified = await verifyAccessToken(tokenSigner, token, now);
	if (!verified.ok) return verified;
	const user = await findUser(db, verified.value.userId);
	return user ? accept(user) : refuse('invalid_token');
}
