import { hash } from 'node:crypto';
import { decodeBase64 } from '../decoding.ts';
import { equalInConstantTime, type Reading } from './format.ts';

const digests: Record<string, { name: string; bytes: number }> = {
	'': { name: 'sha1', bytes: 20 },
	256: { name: 'sha256', bytes: 32 },
	512: { name: 'sha512', bytes: 64 }
};
const maxSaltBytes = 64;

/**
 * The hashes of directories (RFC 2307): `{SSHA}`, `{SSHA256}`, `{SSHA512}` with a salt after the digest, and `{SHA}` and
 * the like without. They are fast to guess, so a login replaces them like all others.
 */
export function readLdapSha(stored: string): Reading {
	const [, salted = '', size = '', text] = /^\{(S?)SHA(256|512)?\}(.+)$/i.exec(stored) ?? [];
	const bytes = text === undefined ? undefined : decodeBase64(text);
	const digest = digests[size];
	if (!bytes || !digest) return undefined;
	const [expected, salt] = [bytes.subarray(0, digest.bytes), bytes.subarray(digest.bytes)];
	const hasSalt = salt.length > 0 && salt.length <= maxSaltBytes;
	if (expected.length !== digest.bytes || (salted ? !hasSalt : salt.length > 0)) return undefined;
	return {
		memoryKib: 0,
		verify: (password) => {
			const computed = hash(digest.name, Buffer.concat([Buffer.from(password), salt]), 'buffer');
			return Promise.resolve(equalInConstantTime(computed, expected));
		}
	};
}
