import { scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeBase64, wholeNumber } from '../decoding.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** At most 256 MiB, and at most twice that written by all lanes one after another, which takes about a second. */
const max = { memoryBytes: 256 * 2 ** 20, workBytes: 512 * 2 ** 20 };

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const pattern = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]*)\$([^$]+)$/;

/** Reads scrypt in PHC strings. `ln` is the binary logarithm of the cost (RFC 7914 §2). */
export function readScrypt(stored: string): Reading {
	const found = pattern.exec(stored);
	if (!found) return undefined;
	const [logCost, blockSize, lanes] = found.slice(1, 4).map(wholeNumber) as [number, number, number];
	const [salt, hash] = found.slice(4).map(decodeBase64);
	if (!salt || !hash || hash.length < 16 || hash.length > 64) return undefined;
	if (!(logCost >= 1 && blockSize >= 1 && lanes >= 1)) return undefined;
	const cost = 2 ** logCost;
	// Each lane has its own block in addition to the large table.
	const memoryBytes = 128 * blockSize * (cost + lanes);
	if (memoryBytes > max.memoryBytes || 128 * blockSize * cost * lanes > max.workBytes) return 'too_costly';
	// OpenSSL also counts its own working block.
	const options = {
		cost,
		blockSize,
		parallelization: lanes,
		maxmem: memoryBytes + 128 * blockSize * 4 + 1024
	};
	return async (password) => equalInConstantTime(await derive(password, salt, hash.length, options), hash);
}
