import type { Argon2 } from './argon2.ts';
import { readArgon2 } from './formats/argon2.ts';
import { readBcrypt } from './formats/bcrypt.ts';
import type { Reading, Verify } from './formats/format.ts';
import { readDjangoPbkdf2, readPasslibPbkdf2 } from './formats/pbkdf2.ts';
import { readScrypt } from './formats/scrypt.ts';

/** The column's width; nothing that is longer can be stored. */
const maxLength = 255;

const readers: ((stored: string) => Reading)[] = [
	readArgon2,
	readBcrypt,
	readDjangoPbkdf2,
	readPasslibPbkdf2,
	readScrypt
];

/**
 * What is known of a stored hash before any work is done: `verifiable`, `unrecognised` (another format, or a broken
 * one), or `too_costly` for a service that has others to serve.
 */
export function judgeStoredHash(stored: string): 'verifiable' | 'unrecognised' | 'too_costly' {
	const reading = read(stored);
	return typeof reading === 'function' ? 'verifiable' : (reading ?? 'unrecognised');
}

/**
 * Checks a password against a hash of any format that users may have brought along; never on the event loop, and with
 * a comparison in constant time. No work is done for an `unverifiable` one: the caller sees to the time that it takes.
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
