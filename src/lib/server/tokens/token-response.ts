import { accept, type Outcome } from '../outcome.ts';
import type { User } from '../users/user.ts';
import { accessTokenSeconds, issueAccessToken, type TokenSigner } from './access-token.ts';

/** What `POST /token` answers (RFC 6749 §5.1). */
export interface TokenResponse {
	access_token: string;
	token_type: 'Bearer';
	expires_in: number;
	refresh_token?: string;
}

/** @param granted `session`: of a program that may go on when the access token has expired */
export async function grantTokens(
	signer: TokenSigner,
	{ user, session }: { user: User; session?: { sessionId: string; refreshToken: string } | undefined },
	now: Date
): Promise<Outcome<TokenResponse>> {
	return accept({
		access_token: await issueAccessToken(signer, { ...user, session_id: session?.sessionId }, now),
		token_type: 'Bearer',
		expires_in: accessTokenSeconds,
		...(session ? { refresh_token: session.refreshToken } : {})
	});
}
