import { timingSafeEqual } from 'node:crypto';
import type { Argon2 } from '../argon2.ts';

/** Whether a password matches the hash. The argon2 implementation is chosen at start, so it is a parameter. */
export type Verify = (password: string, argon2: Argon2) => Promise<boolean>;

/** A hash that can be verified, and the memory that a verification needs beyond a few hundred kilobytes. */
export interface StoredHash {
	memoryKib: number;
	verify: Verify;
}

/** The result of reading a stored hash; undefined when it has another format or is damaged. */
export type Reading = StoredHash | 'too_costly' | undefined;

export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
	return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
