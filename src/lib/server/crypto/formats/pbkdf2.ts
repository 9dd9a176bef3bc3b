import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeBase64, wholeNumber } from '../decoding.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** Django's default was 1,200,000 in version 6.0 and grows by a fifth with each release. */
const maxRounds = 5_000_000;
/** The lengths of the digests. A longer key would cost its rounds more than once. */
const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const;

export type Pbkdf2Digest = keyof typeof digestBytes;

const derive = promisify(pbkdf2);

/** Reads Django's `pbkdf2_sha256$rounds$salt$hash`: the salt is text, the hash is base64. */
export function readDjangoPbkdf2(stored: string): Reading {
	const [, digest, rounds, salt = '', hash] =
		/^pbkdf2_(sha1|sha256)\$(\d+)\$([^$]+)\$([^$]+)$/.exec(stored) ?? [];
	return readWhole({ digest, rounds, salt: Buffer.from(salt), hash: decodeBase64(hash) });
}

/** Passlib's `$pbkdf2-sha256$rounds$salt$hash`, in a base64 that has `.` for `+`; without a name, SHA-1. */
export function readPasslibPbkdf2(stored: string): Reading {
	const parts =
		/^\$pbkdf2(?:-(sha256|sha512))?\$(\d+)\$([A-Za-z0-9./]*)\$([A-Za-z0-9./]+)$/.exec(stored) ?? [];
	const [salt, hash] = parts.slice(3).map((part) => decodeBase64(part.replaceAll('.', '+')));
	return readWhole({ digest: parts[1] ?? 'sha1', rounds: parts[2], salt, hash });
}

/** Werkzeug's `pbkdf2:sha256:rounds$salt$hash`: the salt is text, the hash is hexadecimal. */
export function readWerkzeugPbkdf2(stored: string): Reading {
	const [, digest, rounds, salt = '', hash] =
		/^pbkdf2:(sha1|sha256|sha512):(\d+)\$([^$]+)\$([\da-f]+)$/.exec(stored) ?? [];
	return readWhole({ digest, rounds, salt: Buffer.from(salt), hash: hash && Buffer.from(hash, 'hex') });
}

interface Given {
	digest: string | undefined;
	rounds: string | undefined;
	salt: Buffer | undefined;
	hash: Buffer | '' | undefined;
}

/** These formats store a key as long as the digest. */
function readWhole({ digest, rounds, salt, hash }: Given): Reading {
	if (digest === undefined || !Object.hasOwn(digestBytes, digest) || !salt || !hash) return undefined;
	const name = digest as Pbkdf2Digest;
	if (hash.length !== digestBytes[name]) return undefined;
	return readPbkdf2({ digest: name, rounds: wholeNumber(rounds), salt, hash });
}

export function readPbkdf2({
	digest,
	rounds,
	salt,
	hash
}: {
	digest: Pbkdf2Digest;
	rounds: number;
	salt: Buffer;
	hash: Buffer;
}): Reading {
	if (!(rounds >= 1)) return undefined;
	const keysOfRounds = Math.ceil(hash.length / digestBytes[digest]);
	if (rounds * keysOfRounds > maxRounds) return 'too_costly';
	return {
		memoryKib: 0,
		verify: async (password) =>
			equalInConstantTime(await derive(password, salt, rounds, hash.length, digest), hash)
	};
}
