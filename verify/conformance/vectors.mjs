// Tokens that a verifier must accept, and the classic attacks that it must refuse (RFC 8725, RFC 9068).
import { createHmac, createPublicKey, KeyObject, sign } from 'node:crypto';
import { exportSPKI } from 'jose';

const user = '01a20471-6279-79be-86a2-a8e199db82ef';

/**
 * @param issuer the result of `startIssuer`
 * @param audience the audience of the tokens
 * @param leeway the clock difference that the verifier tolerates, in seconds
 * @returns `{ name, token, isValid, needsRevocationList }` for each. With `needsRevocationList`, only that list shows
 * that the token is revoked.
 */
export async function makeVectors({ issuer: origin, algorithm, keys, ...rest }, { audience, leeway = 0 }) {
	const { current } = keys;
	const now = Math.floor(Date.now() / 1000);
	const claims = {
		iss: origin,
		aud: audience,
		sub: user,
		email: 'ann@example.org',
		role: 'user',
		client_id: 'public',
		sid: '5f3c1f0a-8f0b-4b0e-9a53-0c5a3d1c2b11',
		iat: now - 5,
		exp: now + 900,
		jti: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'
	};
	const header = { alg: algorithm, typ: 'at+jwt', kid: current.kid };
	const make = (changes = {}, headerChanges = {}, key = current) =>
		signToken({ ...header, kid: key.kid, ...headerChanges }, { ...claims, ...changes }, key);
	const pem = (await exportSPKI(current.publicKey)).trim();
	const parts = { origin, audience, leeway, keys, now, header, claims, make, pem };
	const ended = {
		'of an ended session': make({ sid: rest.revokedSid }),
		'issued before `since` of the list': make({ iat: now - rest.sinceSeconds - 60 })
	};
	const list = (tokens, kind) => Object.entries(tokens).map(([name, token]) => ({ name, token, ...kind }));
	return [
		...list(acceptedTokens(parts), { isValid: true, needsRevocationList: false }),
		...list(refusedTokens(parts), { isValid: false, needsRevocationList: false }),
		...list(ended, { isValid: false, needsRevocationList: true })
	];
}

function acceptedTokens({ audience, keys, now, make }) {
	return {
		'a valid token': make(),
		'signed by the retired key, which is still published': make({}, {}, keys.retired),
		'signed by the next key, which is already published': make({}, {}, keys.next),
		'for several audiences, including ours': make({ aud: ['https://other.example', audience] }),
		'with unknown claims': make({ color: 'green', nested: { deep: [1, 2, 3] } }),
		'expires in ten seconds': make({ exp: now + 10 })
	};
}

function refusedTokens({ origin, audience, leeway, keys, now, header, claims, make, pem }) {
	const { current, attacker } = keys;
	const macHeader = { ...header, alg: 'HS256' };
	const valid = make();
	const [head, body, signature] = valid.split('.');
	return {
		'alg: none': unsigned({ ...header, alg: 'none' }, claims),
		'alg: None': unsigned({ ...header, alg: 'None' }, claims),
		'alg: nOnE, with a signature': `${unsigned({ ...header, alg: 'nOnE' }, claims)}${signature}`,
		'no alg': signToken({ typ: 'at+jwt', kid: current.kid }, claims, current),
		'HS256 with the public key (PEM) as the secret': macToken(macHeader, claims, pem),
		'HS256 with the public key (PEM, final newline) as the secret': macToken(macHeader, claims, `${pem}\n`),
		'HS256 with the public key (JWK) as the secret': macToken(macHeader, claims, JSON.stringify(current.jwk)),
		'HS256 with the public key (DER) as the secret': macToken(macHeader, claims, toDer(pem)),
		'HS256 with an empty secret': macToken(macHeader, claims, ''),
		'another audience': make({ aud: 'https://other.example' }),
		'an audience that starts with ours': make({ aud: `${audience}.evil.example` }),
		'no audience': make({ aud: undefined }),
		'another issuer': make({ iss: 'https://evil.example' }),
		'our issuer with a trailing slash': make({ iss: `${origin}/` }),
		'no issuer': make({ iss: undefined }),
		'typ: JWT': make({}, { typ: 'JWT' }),
		'no typ': make({}, { typ: undefined }),
		'the typ of the revocation list': make({}, { typ: 'revoked+jwt' }),
		'an unknown kid': make({}, { kid: 'unknown' }),
		'the kid of another key': make({}, { kid: keys.next.kid }),
		'a kid that is a path': make({}, { kid: '../../../../dev/null' }, attacker),
		'signed by a removed key': make({}, {}, keys.gone),
		'signed by another key under a published kid': make({}, {}, attacker),
		'with its own key (jwk)': make({}, { jwk: attacker.jwk }, attacker),
		'with the URL of its keys (jku)': make({}, { jku: `${origin}/attacker/jwks.json` }, attacker),
		'with the URL of its certificate (x5u)': make({}, { x5u: `${origin}/attacker/cert` }, attacker),
		'with an unknown critical extension (crit)': make({}, { crit: ['exp2'], exp2: 1 }),
		'expired one second ago': make({ exp: now - leeway - 1 }),
		'expired one hour ago': make({ exp: now - 3600 }),
		'no exp': make({ exp: undefined }),
		'exp is text': make({ exp: 'tomorrow' }),
		'not valid yet (nbf)': make({ nbf: now + leeway + 60 }),
		'no sub': make({ sub: undefined }),
		'another role, same signature': `${head}.${encode({ ...claims, role: 'admin' })}.${signature}`,
		'one bit of the signature flipped': `${head}.${body}.${flipBit(signature)}`,
		'a signature of zeros': `${head}.${body}.${Buffer.alloc(Buffer.from(signature, 'base64url').length).toString('base64url')}`,
		'a signature one byte short': `${head}.${body}.${Buffer.from(signature, 'base64url').subarray(1).toString('base64url')}`,
		'no signature': `${head}.${body}.`,
		'two parts': `${head}.${body}`,
		'four parts': `${valid}.${signature}`,
		truncated: valid.slice(0, valid.length / 2),
		'claims that are not JSON': signText(`${head}.${Buffer.from('{').toString('base64url')}`, current),
		'not a token': 'x'
	};
}

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const toDer = (pem) => createPublicKey(pem).export({ type: 'spki', format: 'der' });

const signToken = (header, claims, key) => signText(`${encode(header)}.${encode(claims)}`, key);

function signText(text, { privateKey, jwk }) {
	const key = { key: KeyObject.from(privateKey), dsaEncoding: 'ieee-p1363' };
	const digest = jwk.alg === 'EdDSA' ? null : 'sha256';
	return `${text}.${sign(digest, Buffer.from(text), key).toString('base64url')}`;
}

function unsigned(header, claims) {
	return `${encode(header)}.${encode(claims)}.`;
}

function macToken(header, claims, secret) {
	const text = `${encode(header)}.${encode(claims)}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function flipBit(signature) {
	const bytes = Buffer.from(signature, 'base64url');
	bytes[8] ^= 1;
	return bytes.toString('base64url');
}
