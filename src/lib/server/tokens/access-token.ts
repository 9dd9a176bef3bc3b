import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Algorithm } from '../config/config.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { User } from '../users/user.ts';
import { createVerifiedTokens, type VerifiedTokens } from './verified-tokens.ts';

export const accessTokenSeconds = 15 * 60;
const clockSkewSeconds = 5;

/** How access tokens of this service are signed and what they say. */
export interface TokenSigner {
	key: KeyObject;
	algorithm: Algorithm;
	issuer: string;
	audience: string;
	/** Of this key: another one begins with none. */
	verified: VerifiedTokens;
}

export function createTokenSigner(settings: {
	secretKey: string;
	algorithm: Algorithm;
	issuer: string;
	audience: string;
}): TokenSigner {
	const { secretKey, ...signer } = settings;
	return { ...signer, key: createSecretKey(secretKey, 'utf8'), verified: createVerifiedTokens() };
}

/** A signed JWT that says who the user is for the next 15 minutes (RFC 9068). */
export async function issueAccessToken(signer: TokenSigner, user: User, now = new Date()): Promise<string> {
	const issuedAt = Math.floor(now.getTime() / 1000);
	return new SignJWT({ email: user.email, role: user.role })
		.setProtectedHeader({ alg: signer.algorithm, typ: 'at+jwt' })
		.setIssuer(signer.issuer)
		.setSubject(user.id)
		.setAudience(signer.audience)
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + accessTokenSeconds)
		.setJti(randomUUID())
		.sign(signer.key);
}

/**
 * Verifies an access token: exactly our algorithm, type, issuer and audience, and its times (RFC 8725 §3.1, §3.8–3.11).
 * A good one is remembered, so that the signature is checked once; its end counts every time.
 *
 * @returns the id of the user it was issued to; refused with `invalid_token`
 */
export async function verifyAccessToken(
	signer: TokenSigner,
	token: string,
	now = new Date()
): Promise<Outcome<{ userId: string }>> {
	const known = signer.verified.find(token);
	if (known && !isOver(known.expiresAt, now)) return accept({ userId: known.userId });
	signer.verified.forget(token);
	if (!hasOneSpelling(token)) return refuse('invalid_token');
	try {
		const { payload } = await jwtVerify(token, signer.key, {
			algorithms: [signer.algorithm],
			typ: 'at+jwt',
			issuer: signer.issuer,
			audience: signer.audience,
			requiredClaims: ['sub', 'exp', 'iat', 'jti'],
			clockTolerance: clockSkewSeconds,
			currentDate: now
		});
		const { sub: userId, exp: expiresAt = 0, nbf } = payload;
		if (typeof userId !== 'string') return refuse('invalid_token');
		// One with a beginning is none of ours, and a clock may go back before it.
		if (nbf === undefined) signer.verified.remember(token, { userId, expiresAt });
		return accept({ userId });
	} catch (error) {
		if (error instanceof errors.JOSEError) return refuse('invalid_token');
		throw error;
	}
}

/**
 * Header and claims are signed as they are spelt, the signature itself is not: without this, blanks, padding and the
 * unused bits of its last letter could be anything, and one token would have many spellings (RFC 4648 §3.5).
 */
function hasOneSpelling(token: string): boolean {
	const signature = token.slice(token.lastIndexOf('.') + 1);
	return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function isOver(expiresAt: number, now: Date): boolean {
	return expiresAt <= Math.floor(now.getTime() / 1000) - clockSkewSeconds;
}
