// Verifiers with one classic mistake each, as `naive-verifier.mjs MISTAKE`: the conformance pack has to find them.
import { createHmac, createPublicKey, verify } from 'node:crypto';
import { createInterface } from 'node:readline';

const [, , mistake] = process.argv;
const { ISSUER, AUDIENCE } = process.env;
const read = async (path) => (await fetch(new URL(path, ISSUER))).json();
const { keys } = await read('/.well-known/jwks.json');
const list = decode((await read('/.well-known/revoked.json')).revoked.split('.')[1]);

for await (const token of createInterface({ input: process.stdin })) {
	console.log((await isValid(token).catch(() => false)) ? 'ok' : 'no');
}

async function isValid(token) {
	const [head, body, signature, ...more] = token.split('.');
	const header = decode(head);
	const claims = decode(body);
	if (more.length > 0) return false;
	const now = Date.now() / 1000;
	const rules = {
		signature: await isSigned(`${head}.${body}`, signature, header),
		crit: header.crit === undefined,
		typ: header.typ === 'at+jwt',
		iss: claims.iss === ISSUER,
		aud: [claims.aud].flat().includes(AUDIENCE),
		exp: Number.isInteger(claims.exp) && claims.exp > now,
		nbf: claims.nbf === undefined || claims.nbf <= now,
		sub: typeof claims.sub === 'string',
		list: !list.sids.includes(claims.sid) && claims.iat >= list.since
	};
	return Object.entries(rules).every(([name, holds]) => holds || name === mistake);
}

async function isSigned(text, signature, header) {
	const bytes = Buffer.from(signature, 'base64url');
	if (mistake === 'none' && header.alg.toLowerCase() === 'none') return true;
	const known = mistake === 'jku' && header.jku ? (await (await fetch(header.jku)).json()).keys : keys;
	const jwk = mistake === 'jwk' && header.jwk ? header.jwk : known.find(({ kid }) => kid === header.kid);
	const key = createPublicKey({ key: jwk, format: 'jwk' });
	if (mistake === 'confusion' && header.alg === 'HS256') {
		const secret = key.export({ type: 'spki', format: 'pem' });
		return createHmac('sha256', secret).update(text).digest().equals(bytes);
	}
	if (header.alg !== jwk.alg) return false;
	return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function decode(part) {
	return JSON.parse(Buffer.from(part, 'base64url').toString());
}
