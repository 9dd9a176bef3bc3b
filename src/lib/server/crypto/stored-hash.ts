import type { Argon2 } from './argon2.ts';
import { readArgon2 } from './formats/argon2.ts';
import { readBcrypt } from './formats/bcrypt.ts';
import type { Reading, Verify } from './formats/format.ts';
import { readDjangoPbkdf2, readPasslibPbkdf2 } from './formats/pbkdf2.ts';
import { readScrypt } from './formats/scrypt.ts';

/** The width of the column: a longer hash cannot be stored. */
const maxLength = 255;

const readers: ((stored: string) => Reading)[] = [
	readArgon2,
	readBcrypt,
	readDjangoPbkdf2,
	readPasslibPbkdf2,
	readScrypt
];

/**
 * Judges a stored hash without computing anything: `verifiable`, `unrecognised` (another format, or damaged), or
 * `too_costly` for a service that has other requests to serve.
 */
export function judgeStoredHash(stored: string): 'verifiable' | 'unrecognised' | 'too_costly' {
	const reading = read(stored);
	return typeof reading === 'function' ? 'verifiable' : (reading ?? 'unrecognised');
}

/**
 * Verifies a password against a hash in any format that imported users may have. It never blocks the event loop and
 * compares in constant time. An `unverifiable` hash returns without any work: the caller equalises the time.
 */
export async function verifyStoredHash(
	stored: string,
	password: string,
	argon2: Argon2
): Promise<boolean | 'unverifiable'> {
	const reading = read(stored);
	return typeof reading === 'function' ? reading(password, argon2) : 'unverifiable';
}

function read(stored: string): Verify | 'too_costly' | undefined {
	if (stored.length > maxLength) return undefined;
	for (const readFormat of readers) {
		const reading = readFormat(stored);
		if (reading) return reading;
	}
	return undefined;
}
