import { readArgon2 } from './formats/argon2.ts';
import type { Reading } from './formats/format.ts';

/** The width of the column: a longer hash cannot be stored. */
const maxLength = 255;

/** Stored where a user has no password: no format, so no password matches it. A reset sets one. */
export const unusableHash = '!';

/**
 * Reads a stored hash in any format that imported users may have, before any work is done. `too_costly` is a hash that a
 * service with other requests to serve cannot afford. Verifying never blocks the event loop and compares in constant time.
 *
 * @param memoryKib the memory for all hashes together: one that needs more is too costly
 */
export async function readStoredHash(stored: string, memoryKib: number): Promise<Reading> {
	if (stored.length > maxLength) return undefined;
	// Formats of other systems are seldom needed, and a service without imported users never loads them.
	const reading = readArgon2(stored) ?? (await import('./formats/foreign.ts')).readForeignHash(stored);
	return typeof reading === 'object' && reading.memoryKib > memoryKib ? 'too_costly' : reading;
}
