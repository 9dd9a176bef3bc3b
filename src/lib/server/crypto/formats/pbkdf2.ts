import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeBase64, wholeNumber } from '../decoding.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** Django's default was 1,200,000 in version 6.0 and grows by a fifth with each release. */
const maxRounds = 5_000_000;
/** The length of SHA-256, which both libraries always use. A longer key would multiply the cost. */
const hashBytes = 32;

const derive = promisify(pbkdf2);

/** Reads Django's `pbkdf2_sha256$rounds$salt$hash`: the salt is text, the hash is base64. */
export function readDjangoPbkdf2(stored: string): Reading {
	const [, rounds, salt = '', hash] = /^pbkdf2_sha256\$(\d+)\$([^$]+)\$([^$]+)$/.exec(stored) ?? [];
	return readPbkdf2({ rounds, salt: Buffer.from(salt), hash: decodeBase64(hash) });
}

/** Reads Passlib's `$pbkdf2-sha256$rounds$salt$hash`, in base64 with `.` instead of `+`. */
export function readPasslibPbkdf2(stored: string): Reading {
	const parts = /^\$pbkdf2-sha256\$(\d+)\$([A-Za-z0-9./]*)\$([A-Za-z0-9./]+)$/.exec(stored) ?? [];
	const [salt, hash] = parts.slice(2).map((part) => decodeBase64(part.replaceAll('.', '+')));
	return readPbkdf2({ rounds: parts[1], salt, hash });
}

function readPbkdf2(given: { rounds: string | undefined; salt?: Buffer; hash?: Buffer }): Reading {
	const rounds = wholeNumber(given.rounds);
	const { salt, hash } = given;
	if (!(rounds >= 1) || !salt || hash?.length !== hashBytes) return undefined;
	if (rounds > maxRounds) return 'too_costly';
	return async (password) =>
		equalInConstantTime(await derive(password, salt, rounds, hashBytes, 'sha256'), hash);
}
