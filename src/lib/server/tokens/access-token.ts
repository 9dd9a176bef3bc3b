import { type KeyObject, randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey, SignJWT } from 'jose';
import type { Algorithm } from '../config/signing.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { User } from '../users/user.ts';
import { createSecretKeys, type TokenKeys } from '../keys/token-keys.ts';
import { createVerifiedTokens, type VerifiedTokens } from './verified-tokens.ts';
import { accessTokenSeconds } from '../durations.ts';

/**
 * RFC 9068 §2.2 requires a client. A request with a user's password or refresh token comes from no particular client.
 */
const clientId = 'public';
const clockSkewSeconds = 5;
const idForm = /^[\w-]{1,36}$/;

/** How access tokens are signed, and their common claims. */
export interface TokenSigner {
	keys: TokenKeys;
	algorithm: Algorithm;
	issuer: string;
	audience: string;
	/** Whether tokens include `email_verified` (OpenID Connect Core 1.0 §5.1). */
	includesEmailVerified?: boolean;
	verified: VerifiedTokens;
}

/** A signer with a secret (HMAC). With key pairs, `keys` is a `KeyRing`. */
export function createTokenSigner({
	secretKey,
	previousSecretKey,
	...signer
}: Omit<TokenSigner, 'keys' | 'verified'> & {
	secretKey: string;
	previousSecretKey?: string | undefined;
}): TokenSigner {
	const keys = createSecretKeys(secretKey, previousSecretKey);
	return { ...signer, keys, verified: createVerifiedTokens() };
}

/** The user and session of a verified token. */
export interface Bearer {
	userId: string;
	/** The session, by which the token can be revoked; tokens of earlier versions have none. */
	sessionId?: string | undefined;
	/** Epoch seconds. */
	issuedAt: number;
}

/** Issues a signed JWT that identifies the user for 15 minutes, or for `seconds` (RFC 9068). */
export async function issueAccessToken(
	signer: TokenSigner,
	user: User & { session_id?: string | undefined; seconds?: number | undefined },
	now = new Date()
): Promise<string> {
	const issuedAt = Math.floor(now.getTime() / 1000);
	const { key, kid } = signer.keys.findSigningKey(now);
	return new SignJWT({
		email: user.email,
		role: user.role,
		...(signer.includesEmailVerified ? { email_verified: user.email_verified_at !== null } : {}),
		client_id: clientId,
		...(user.session_id ? { sid: user.session_id } : {})
	})
		.setProtectedHeader({ alg: signer.algorithm, typ: 'at+jwt', ...(kid === undefined ? {} : { kid }) })
		.setIssuer(signer.issuer)
		.setSubject(user.id)
		.setAudience(signer.audience)
		.setIssuedAt(issuedAt)
		.setExpirationTime(issuedAt + (user.seconds ?? accessTokenSeconds))
		.setJti(randomUUID())
		.sign(key);
}

/**
 * Verifies an access token: exactly the configured algorithm, type, issuer and audience, and its times (RFC 8725
 * §3.1, §3.8–3.11). A valid token is cached, so that its signature is checked once. Its expiry and the presence of
 * its key are checked every time.
 *
 * @returns the user it was issued to, and the session
 */
export async function verifyAccessToken(
	signer: TokenSigner,
	token: string,
	now = new Date()
): Promise<Outcome<Bearer, 'invalid_token'>> {
	const known = signer.verified.find(token);
	const isValid = known && !isOver(known.expiresAt, now) && signer.keys.has(known.key);
	if (isValid) {
		return accept({ userId: known.userId, sessionId: known.sessionId, issuedAt: known.issuedAt });
	}
	signer.verified.forget(token);
	if (!hasOneSpelling(token)) return refuse('invalid_token');
	try {
		const { payload, key } = await verifySigned(signer, token, now);
		const { sub: userId, exp: expiresAt = 0, iat: issuedAt = 0, nbf, sid } = payload;
		if (typeof userId !== 'string') return refuse('invalid_token');
		// Other holders of the secret may issue tokens with other claims.
		const sessionId = typeof sid === 'string' && idForm.test(sid) ? sid : undefined;
		// The service issues no token with `nbf`. Such a token is not cached, because the clock may be set back before that
		// time.
		if (key && nbf === undefined) {
			signer.verified.remember(token, { userId, sessionId, issuedAt, expiresAt, key });
		}
		return accept({ userId, sessionId, issuedAt });
	} catch (error) {
		if (error instanceof errors.JOSEError) return refuse('invalid_token');
		throw error;
	}
}

/**
 * The signature covers header and claims in their encoded form, but not its own encoding. Without this check, white
 * space, padding and the unused bits of the last character could vary, and one token would have many encodings (RFC
 * 4648 §3.5).
 */
function hasOneSpelling(token: string): boolean {
	const signature = token.slice(token.lastIndexOf('.') + 1);
	return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function isOver(expiresAt: number, now: Date): boolean {
	return expiresAt <= Math.floor(now.getTime() / 1000) - clockSkewSeconds;
}

/** @throws a JOSEError that names the problem with the token */
async function verifySigned(
	signer: TokenSigner,
	token: string,
	now: Date
): Promise<{ payload: JWTPayload; key: KeyObject | undefined }> {
	const { keys, algorithm, issuer, audience } = signer;
	const options = {
		algorithms: [algorithm],
		typ: 'at+jwt',
		issuer,
		audience,
		requiredClaims: ['sub', 'exp', 'iat', 'jti'],
		clockTolerance: clockSkewSeconds,
		currentDate: now
	};
	let key: KeyObject | undefined;
	const findKey: JWTVerifyGetKey = async ({ kid }) => {
		const found = await keys.findVerifyingKey(kid, now);
		if (!found) throw new errors.JWKSNoMatchingKey();
		return (key = found);
	};
	try {
		const { payload } = await jwtVerify(token, findKey, options);
		return { payload, key };
	} catch (error) {
		const isOtherKey = error instanceof errors.JWSSignatureVerificationFailed;
		if (!keys.previousSecret || !isOtherKey) throw error;
		const { payload } = await jwtVerify(token, keys.previousSecret, options);
		return { payload, key: keys.previousSecret };
	}
}
