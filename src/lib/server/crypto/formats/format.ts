import { timingSafeEqual } from 'node:crypto';
import type { Argon2 } from '../argon2.ts';

/** Whether a password is the one that was hashed. What computes argon2 was chosen at start, so it is handed in. */
export type Verify = (password: string, argon2: Argon2) => Promise<boolean>;

/** What a format makes of a stored hash: nothing when it is of another format or broken. */
export type Reading = Verify | 'too_costly' | undefined;

/** A whole number in plain decimal digits; NaN for anything else, which no comparison lets through. */
export function wholeNumber(text = ''): number {
	return /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : NaN;
}

/** Base64 with or without padding; undefined when a character does not belong or the length cannot be. */
export function decodeBase64(text = ''): Buffer | undefined {
	const bare = text.replace(/={1,2}$/, '');
	return /^[A-Za-z0-9+/]*$/.test(bare) && bare.length % 4 !== 1 ? Buffer.from(bare, 'base64') : undefined;
}

export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
	return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
