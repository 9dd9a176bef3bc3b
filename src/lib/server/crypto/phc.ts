import { decodeBase64, wholeNumber } from './decoding.ts';

/** The parameters of an argon2 hash (RFC 9106). */
export interface Argon2Work {
	algorithm: (typeof algorithms)[number];
	/** 19 (0x13) as in the RFC, or 16 (0x10) as in earlier versions. */
	version: number;
	memoryKib: number;
	passes: number;
	lanes: number;
	salt: Buffer;
	hashBytes: number;
}

/** An argon2 hash with everything needed to compute it again. */
export interface Argon2Hash extends Argon2Work {
	hash: Buffer;
}

const algorithms = ['argon2d', 'argon2i', 'argon2id'] as const;
const pattern =
	/^\$(argon2(?:d|i|id))(?:\$v=(16|19))?\$((?:[mtp]=\d+,){2}[mtp]=\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/**
 * Parses an argon2 hash as a PHC string. A string without a version has version 16.
 *
 * @returns undefined for another format, or if a bound of RFC 9106 §3.1 is violated: a salt of at least 8 bytes, a hash
 * of at least 4, and 8 blocks per lane
 */
export function parsePhc(text: string): Argon2Hash | undefined {
	const [, name, version = '16', parameters = '', encodedSalt, encodedHash] = pattern.exec(text) ?? [];
	const algorithm = algorithms.find((known) => known === name);
	const cost = Object.fromEntries(parameters.split(',').map((parameter) => parameter.split('=')));
	const [memoryKib, passes, lanes] = [cost.m, cost.t, cost.p].map(wholeNumber) as [number, number, number];
	const [salt, hash] = [encodedSalt, encodedHash].map(decodeBase64);
	if (!algorithm || !salt || !hash || salt.length < 8 || hash.length < 4 || hash.length > 128)
		return undefined;
	// A missing parameter is NaN, which fails these comparisons.
	if (!(passes >= 1 && lanes >= 1 && memoryKib >= 8 * lanes)) return undefined;
	return {
		algorithm,
		version: Number(version),
		memoryKib,
		passes,
		lanes,
		salt,
		hash,
		hashBytes: hash.length
	};
}

/** Writes memory, passes and lanes in this order, which libraries in other languages require. */
export function formatPhc({ algorithm, version, memoryKib, passes, lanes, salt, hash }: Argon2Hash): string {
	const [encodedSalt, encodedHash] = [salt, hash].map((bytes) =>
		bytes.toString('base64').replaceAll('=', '')
	);
	return `$${algorithm}$v=${version}$m=${memoryKib},t=${passes},p=${lanes}$${encodedSalt}$${encodedHash}`;
}
