import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const cipherName = 'aes-256-gcm';
const version = '1';
/** NIST SP 800-38D §8.2.2: a random IV is safe for far fewer than 2^32 texts under one key. */
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a text with authentication (AES-256-GCM).
 *
 * @param context where the text belongs: it can be opened only with the same context
 * @returns `version.iv.tag.ciphertext`, the last three in base64url
 */
export function sealText(key: KeyObject, text: string, context: string): string {
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv(cipherName, key, iv, { authTagLength: tagBytes }).setAAD(
		Buffer.from(context)
	);
	const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	const parts = [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'));
	return [version, ...parts].join('.');
}

/** @returns undefined if the text was sealed with another key or context, or has been altered since */
export function openText(key: KeyObject, sealed: string, context: string): string | undefined {
	const [sealedVersion, ...parts] = sealed.split('.');
	const [iv, tag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url'));
	if (sealedVersion !== version || iv?.length !== ivBytes || tag?.length !== tagBytes || !ciphertext)
		return undefined;
	try {
		const decipher = createDecipheriv(cipherName, key, iv, { authTagLength: tagBytes })
			.setAAD(Buffer.from(context))
			.setAuthTag(tag);
		return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}
