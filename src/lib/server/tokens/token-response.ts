import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { accept, type Outcome } from '../outcome.ts';
import type { Refreshed } from '../sessions/refresh-token.ts';
import type { RestrictedUser } from '../users/user.ts';
import { issueAccessToken, type TokenSigner } from './access-token.ts';
import { awaitIssuingTime } from './issuing-time.ts';
import { accessTokenSeconds } from '../durations.ts';

/** The response of `POST /token` (RFC 6749 §5.1). */
export const tokenResponse = v.object({
	access_token: v.string(),
	token_type: v.literal('Bearer'),
	expires_in: v.pipe(v.number(), v.integer()),
	refresh_token: v.optional(v.string())
});

export type TokenResponse = v.InferOutput<typeof tokenResponse>;

/**
 * Issues an access token, with a refresh token if there is a session. Every access token has a `sid` by which it can
 * be revoked. Without a refresh token the id is random and stored nowhere; with one, the token never outlives its
 * session.
 */
export async function grantTokens(
	signer: TokenSigner,
	{ user, session }: { user: RestrictedUser; session?: Omit<Refreshed, 'user'> | undefined },
	askedAt: Date
): Promise<Outcome<TokenResponse, never>> {
	const now = await awaitIssuingTime(user, askedAt);
	const secondsLeft = session ? Math.floor((session.endsAt - now.getTime()) / 1000) : Infinity;
	const seconds = Math.max(1, Math.min(accessTokenSeconds, secondsLeft));
	const grant = { ...user, session_id: session?.sessionId ?? randomUUID(), seconds };
	return accept({
		access_token: await issueAccessToken(signer, grant, now),
		token_type: 'Bearer',
		expires_in: seconds,
		...(session ? { refresh_token: session.refreshToken } : {})
	});
}
