// Verifies access tokens with jose. Copy this file and run `npm install jose@6`.
// ISSUER is the ORIGIN of User Management, AUDIENCE its TOKEN_AUDIENCE, ALGORITHM its ALGORITHM.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { ISSUER: issuer, AUDIENCE: audience = issuer, ALGORITHM = 'ES256' } = process.env;
const algorithms = [ALGORITHM];
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer));
let revoked = { readAt: 0, exp: 0 };
let reading;

/** Returns the claims of an access token; `sub` is the user's id. Throws when the token is not valid. */
export async function verify(token) {
	const rules = { algorithms, issuer, audience, typ: 'at+jwt', requiredClaims: ['sub', 'exp'] };
	const { payload } = await jwtVerify(token, keys, rules);
	const { since, sids } = await readRevoked();
	if (payload.iat < since || sids.includes(payload.sid)) throw new Error('the session has ended');
	return payload;
}

/** Returns the revocation list, at most 30 seconds old. If fetching fails, the last list is used until it expires. */
async function readRevoked() {
	if (Date.now() - revoked.readAt < 30_000) return revoked;
	reading ??= fetchRevoked().finally(() => (reading = undefined));
	try {
		await reading;
	} catch (error) {
		if (revoked.exp * 1000 < Date.now()) throw error;
		// The next attempt is in 5 seconds, so that not every request waits for one.
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
