import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/**
 * Derives a separate key for each purpose from the secret of the installation (HKDF, RFC 5869).
 *
 * @param purpose names the key; another name gives another key
 * @returns a key of 256 bits
 */
export function deriveKey(secret: string, purpose: string): KeyObject {
	return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `user-management ${purpose}`, 32)));
}
