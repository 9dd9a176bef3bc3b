// A temporary issuer with keys in memory. The verifier under test trusts it instead of User Management.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const revokedSid = 'b7a4a7c2-4b1f-4f0e-8d5c-2f1f6f5f0c11';
/** The verifier must refuse older tokens, whether or not the list names their session. */
const sinceSeconds = 20 * 60;

/** @param algorithm ES256, EdDSA or RS256 */
export async function startIssuer({ algorithm, port = 0 }) {
	// New key names for each run, so that a service with cached keys must fetch them again.
	const run = randomUUID().slice(0, 8);
	const keys = {
		retired: await makeKey(algorithm, `retired-${run}`),
		current: await makeKey(algorithm, `current-${run}`),
		next: await makeKey(algorithm, `next-${run}`),
		// These two are not published.
		gone: await makeKey(algorithm, `gone-${run}`),
		attacker: await makeKey(algorithm, `current-${run}`)
	};
	const server = createServer();
	await new Promise((resolve, reject) => server.on('error', reject).listen(port, '127.0.0.1', resolve));
	const issuer = `http://127.0.0.1:${server.address().port}`;
	const documents = {
		'/.well-known/jwks.json': () => describeKeys(keys.retired, keys.current, keys.next),
		'/.well-known/revoked.json': async () => ({ revoked: await signRevoked(keys.current, issuer) }),
		'/attacker/jwks.json': () => describeKeys(keys.attacker)
	};
	/** The attacker's URLs that the verifier fetched. */
	const lured = [];
	server.on('request', async ({ url }, response) => {
		if (url.startsWith('/attacker')) lured.push(url);
		const document = await documents[url]?.();
		response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(document ?? {}));
	});
	return { issuer, algorithm, keys, revokedSid, sinceSeconds, lured, stop: () => server.close() };
}

async function makeKey(algorithm, kid) {
	const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
	const jwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
	return { kid, privateKey, publicKey, jwk };
}

const describeKeys = (...keys) => ({ keys: keys.map(({ jwk }) => jwk) });

function signRevoked({ privateKey, jwk }, issuer) {
	const now = Math.floor(Date.now() / 1000);
	return new SignJWT({ since: now - sinceSeconds, sids: [revokedSid] })
		.setProtectedHeader({ alg: jwk.alg, kid: jwk.kid, typ: 'revoked+jwt' })
		.setIssuer(issuer)
		.setIssuedAt(now)
		.setExpirationTime(now + 300)
		.sign(privateKey);
}
