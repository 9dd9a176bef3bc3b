import { timingSafeEqual } from 'node:crypto';
import type { Argon2 } from '../argon2.ts';

/** Whether a password is the one that was hashed. What computes argon2 was chosen at start, so it is handed in. */
export type Verify = (password: string, argon2: Argon2) => Promise<boolean>;

/** What a format makes of a stored hash: nothing when it is of another format or broken. */
export type Reading = Verify | 'too_costly' | undefined;

export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
	return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
