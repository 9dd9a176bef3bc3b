import { scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeBase64, wholeNumber } from '../decoding.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** At most 256 MiB, and twice that written in all lanes together, one after the other: about a second. */
const max = { memoryBytes: 256 * 2 ** 20, workBytes: 512 * 2 ** 20, cost: 2 ** 30 };

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Reads scrypt in PHC strings. `ln` is the binary logarithm of the cost (RFC 7914 §2). */
export function readScrypt(stored: string): Reading {
	const [, logCost, blockSize, lanes, salt, hash] =
		/^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]*)\$([^$]+)$/.exec(stored) ?? [];
	const cost = 2 ** wholeNumber(logCost);
	return judge({ cost, blockSize, lanes, salt: decodeBase64(salt), hash: decodeBase64(hash) });
}

/** Django's `scrypt$cost$salt$block size$lanes$hash`: the salt is text, the hash is base64. */
export function readDjangoScrypt(stored: string): Reading {
	const [, cost, salt = '', blockSize, lanes, hash] =
		/^scrypt\$(\d+)\$([^$]+)\$(\d+)\$(\d+)\$([^$]+)$/.exec(stored) ?? [];
	return judge({
		cost: wholeNumber(cost),
		blockSize,
		lanes,
		salt: Buffer.from(salt),
		hash: decodeBase64(hash)
	});
}

/** Werkzeug's `scrypt:cost:block size:lanes$salt$hash`: the salt is text, the hash is hexadecimal. */
export function readWerkzeugScrypt(stored: string): Reading {
	const [, cost, blockSize, lanes, salt = '', hash = ''] =
		/^scrypt:(\d+):(\d+):(\d+)\$([^$]+)\$((?:[\da-f]{2})+)$/.exec(stored) ?? [];
	return judge({
		cost: wholeNumber(cost),
		blockSize,
		lanes,
		salt: Buffer.from(salt),
		hash: Buffer.from(hash, 'hex')
	});
}

/**
 * Better Auth's `salt:hash` in hexadecimal, whose parameters are fixed (its `src/crypto/password.ts`). The digits of the
 * salt are hashed, not its bytes, and the password is normalized to NFKC.
 */
export function readBetterAuth(stored: string): Reading {
	const [, salt = '', hash = ''] = /^([\da-f]{32}):([\da-f]{128})$/.exec(stored) ?? [];
	const reading = judge({
		cost: 16_384,
		blockSize: '16',
		lanes: '1',
		salt: Buffer.from(salt),
		hash: Buffer.from(hash, 'hex')
	});
	if (typeof reading !== 'object') return reading;
	const { verify, memoryKib } = reading;
	return { memoryKib, verify: (password, argon2) => verify(password.normalize('NFKC'), argon2) };
}

interface Given {
	cost: number;
	blockSize: string | undefined;
	lanes: string | undefined;
	salt: Buffer | undefined;
	hash: Buffer | undefined;
}

function judge({ cost, salt, hash, ...given }: Given): Reading {
	const [blockSize, lanes] = [wholeNumber(given.blockSize), wholeNumber(given.lanes)];
	if (!salt || !hash || hash.length < 16 || hash.length > 64) return undefined;
	if (!(cost >= 2 && blockSize >= 1 && lanes >= 1)) return undefined;
	if (cost > max.cost) return 'too_costly';
	// RFC 7914 §6: a power of two.
	if (!Number.isInteger(Math.log2(cost))) return undefined;
	// Each lane has a block beside the one large table.
	const memoryBytes = 128 * blockSize * (cost + lanes);
	if (memoryBytes > max.memoryBytes || 128 * blockSize * cost * lanes > max.workBytes) return 'too_costly';
	// OpenSSL also counts its own working block.
	const options = {
		cost,
		blockSize,
		parallelization: lanes,
		maxmem: memoryBytes + 128 * blockSize * 4 + 1024
	};
	return {
		memoryKib: Math.ceil(memoryBytes / 1024),
		verify: async (password) => equalInConstantTime(await derive(password, salt, hash.length, options), hash)
	};
}
