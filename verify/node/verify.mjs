// Verifies access tokens with jose. Copy this file, and `npm install jose@6`.
// ISSUER is the ORIGIN of User Management, AUDIENCE its TOKEN_AUDIENCE, ALGORITHM its ALGORITHM.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { ISSUER: issuer, AUDIENCE: audience = issuer, ALGORITHM = 'ES256' } = process.env;
const algorithms = [ALGORITHM];
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer));
let revoked = { readAt: 0, exp: 0 };
let reading;

/** The claims of an access token: `sub` is the user's id. Throws when it is not good. */
export async function verify(token) {
	const rules = { algorithms, issuer, audience, typ: 'at+jwt', requiredClaims: ['sub', 'exp'] };
	const { payload } = await jwtVerify(token, keys, rules);
	const { since, sids } = await readRevoked();
	if (payload.iat < since || sids.includes(payload.sid)) throw new Error('its session has ended');
	return payload;
}

/** The sessions that have ended, at most 30 seconds old; while nobody answers, the last list until it expires. */
async function readRevoked() {
	if (Date.now() - revoked.readAt < 30_000) return revoked;
	reading ??= fetchRevoked().finally(() => (reading = undefined));
	try {
		await reading;
	} catch (error) {
		if (revoked.exp * 1000 < Date.now()) throw error;
		// It is asked again in 5 seconds, not by every request.
		revoked.readAt = Date.now() - 25_000;
	}
	return revoked;
}

async function fetchRevoked() {
	const signal = AbortSignal.timeout(2_000);
	const answer = await fetch(new URL('/.well-known/revoked.json', issuer), { signal });
	const rules = { algorithms, issuer, typ: 'revoked+jwt', requiredClaims: ['exp'] };
	const { payload } = await jwtVerify((await answer.json()).revoked, keys, rules);
	revoked = { ...payload, readAt: Date.now() };
}
