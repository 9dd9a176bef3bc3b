import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { equalInConstantTime, type Reading } from './format.ts';

/** Takes about three seconds. Passlib, PHP and Spring use 12. */
const maxCost = 15;
/** A thread with a JavaScript engine of its own. */
const memoryKib = 10 * 1024;

const pattern = /^\$2([abxy])\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Plain JavaScript that a worker can run directly, so that the build needs no additional file. */
const hashInWorker = `
	const { parentPort, workerData } = require('node:worker_threads');
	const { hashSync } = require(workerData.library);
	parentPort.postMessage(hashSync(workerData.password, workerData.settings));
`;

/**
 * bcrypt as `$2a$`, `$2b$` or `$2y$`: three names of one algorithm, apart from bugs of old libraries. Only the first
 * 72 bytes of a password count, as they did where the hash was made; a NUL is an ordinary character.
 *
 * `$2x$` marks hashes of crypt_blowfish before version 1.1, which misread bytes beyond ASCII. For ASCII they are like the
 * others. No other password matches.
 *
 * @param prepare what the source did to a password before bcrypt
 */
export function readBcrypt(stored: string, prepare = (password: string) => password): Reading {
	const [, version, digits, salt = '', hash = ''] = pattern.exec(stored) ?? [];
	const cost = Number(digits);
	if (!version || cost < 4 || cost > 31) return undefined;
	if (cost > maxCost) return 'too_costly';
	// 128 bits end four bits before the last character does, 184 bits two: the rest carries no information.
	const settings = `$2b$${digits}$${clearLastBits(salt, 4)}`;
	const expected = Buffer.from(settings + clearLastBits(hash, 2));
	return {
		memoryKib,
		async verify(password) {
			const hashed = Buffer.from(await hashBcrypt(prepare(password), settings));
			const isMisread = version === 'x' && /[^\0-\x7f]/.test(password);
			return equalInConstantTime(hashed, expected) && !isMisread;
		}
	};
}

function clearLastBits(text: string, bits: number): string {
	const last = alphabet.indexOf(text.at(-1) ?? '');
	return text.slice(0, -1) + alphabet.charAt((last >> bits) << bits);
}

/** Uses one thread per hash. Such hashes are rare, because a login replaces them and the pool limits concurrency. */
async function hashBcrypt(password: string, settings: string): Promise<string> {
	const library = createRequire(import.meta.url).resolve('bcryptjs');
	const worker = new Worker(hashInWorker, { eval: true, workerData: { library, password, settings } });
	const [hash] = (await once(worker, 'message')) as [string];
	return hash;
}
