import { sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createKeyPair, type KeyPair, nameKey, readKeyPair } from './key-pair.ts';

describe.each([
	['ES256', ['crv', 'kty', 'x', 'y'], { kty: 'EC', crv: 'P-256' }],
	['EdDSA', ['crv', 'kty', 'x'], { kty: 'OKP', crv: 'Ed25519' }],
	['RS256', ['e', 'kty', 'n'], { kty: 'RSA', e: 'AQAB' }]
] as const)('a pair for %s', (algorithm, members, fixed) => {
	test('has a public half without a secret, which verifies what the private half signs', async () => {
		const { privateKey, publicKey, publicJwk } = readKeyPair(await createKeyPair(algorithm));
		expect(Object.keys(publicJwk).toSorted()).toEqual(members);
		expect(publicJwk).toMatchObject(fixed);
		const hash = algorithm === 'EdDSA' ? null : 'sha256';
		const signature = sign(hash, Buffer.from('text'), privateKey);
		expect(verify(hash, Buffer.from('text'), publicKey, signature)).toBe(true);
	});

	test('is another one each time', async () => {
		const [one = '', other = ''] = await Promise.all([createKeyPair(algorithm), createKeyPair(algorithm)]);
		expect(await nameKey(readKeyPair(one))).toMatch(/^[\w-]{43}$/);
		expect(await nameKey(readKeyPair(one))).toBe(await nameKey(readKeyPair(one)));
		expect(await nameKey(readKeyPair(one))).not.toBe(await nameKey(readKeyPair(other)));
	});
});

test('RSA keys have 3072 bits', async () => {
	const { publicKey } = readKeyPair(await createKeyPair('RS256'));
	expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
});

describe('a key is named by the thumbprint of', () => {
	test('RFC 7638 §3.1, for RSA', async () => {
		const n =
			'0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
		const publicJwk = { kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' };
		expect(await nameKey({ publicJwk } as KeyPair)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
	});

	test('RFC 8037 appendix A.1 to A.3, for Ed25519', async () => {
		const seed = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url');
		const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
		const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
		const pair = readKeyPair(pem);
		expect(pair.publicJwk.x).toBe('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
		expect(await nameKey(pair)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
	});
});
