import { decodeBase64 } from '../decoding.ts';
import type { Reading } from './format.ts';
import { readPbkdf2 } from './pbkdf2.ts';

/** The `KeyDerivationPrf` of ASP.NET Core, by its number. */
const digests = ['sha1', 'sha256', 'sha512'] as const;
const minBytes = 16;

/**
 * The PBKDF2 hashes of ASP.NET Identity in base64. Version 2 is a zero byte, 16 bytes of salt and 32 of key, with 1,000
 * rounds of SHA-1. Version 3 is a one byte, three big-endian numbers (digest, rounds, bytes of salt), salt and key.
 */
export function readAspNetIdentity(stored: string): Reading {
	const bytes = decodeBase64(stored) ?? Buffer.alloc(0);
	if (bytes[0] === 0 && bytes.length === 49) {
		return readPbkdf2({
			digest: 'sha1',
			rounds: 1000,
			salt: bytes.subarray(1, 17),
			hash: bytes.subarray(17)
		});
	}
	if (bytes[0] !== 1 || bytes.length < 13 + 2 * minBytes) return undefined;
	const digest = digests[bytes.readUInt32BE(1)];
	const saltEnd = 13 + bytes.readUInt32BE(9);
	const [salt, hash] = [bytes.subarray(13, saltEnd), bytes.subarray(saltEnd)];
	if (!digest || salt.length < minBytes || hash.length < minBytes) return undefined;
	return readPbkdf2({ digest, rounds: bytes.readUInt32BE(5), salt, hash });
}
