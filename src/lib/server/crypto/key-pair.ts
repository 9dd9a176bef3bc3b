import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** The signature algorithms of RFC 7518 §3.1 and RFC 8037 whose signatures a public key verifies. */
export type KeyPairAlgorithm = 'ES256' | 'EdDSA' | 'RS256';

export interface KeyPair {
	privateKey: KeyObject;
	publicKey: KeyObject;
	/** The public members only. */
	publicJwk: JWK;
}

const generate = promisify(generateKeyPair);
const generateFor: Record<KeyPairAlgorithm, () => Promise<{ privateKey: KeyObject }>> = {
	ES256: () => generate('ec', { namedCurve: 'P-256' }),
	EdDSA: () => generate('ed25519', {}),
	// NIST SP 800-57 part 1, table 2: 128 bits of security strength. Keys of 2048 bits are acceptable only until 2030.
	RS256: () => generate('rsa', { modulusLength: 3072 })
};

/**
 * Generates a key pair on a thread of libuv's pool, because RSA can take several seconds.
 *
 * @returns the private key as PKCS #8 in PEM, from which `readKeyPair` derives the pair
 */
export async function createKeyPair(algorithm: KeyPairAlgorithm): Promise<string> {
	const { privateKey } = await generateFor[algorithm]();
	return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function readKeyPair(pem: string): KeyPair {
	const privateKey = createPrivateKey(pem);
	const publicKey = createPublicKey(privateKey);
	return { privateKey, publicKey, publicJwk: publicKey.export({ format: 'jwk' }) as JWK };
}

/** The id of a key: its thumbprint (RFC 7638). */
export function nameKey({ publicJwk }: KeyPair): Promise<string> {
	return calculateJwkThumbprint(publicJwk);
}
