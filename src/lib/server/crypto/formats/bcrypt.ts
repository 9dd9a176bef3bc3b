import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { equalInConstantTime, type Reading } from './format.ts';

/** Some three seconds; 12 is what Passlib, PHP and Spring write. */
const maxCost = 15;

const pattern = /^(\$2[aby]\$)(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Plain JavaScript that a worker runs as it is, so that no build has to carry one more file. */
const hashInWorker = `
	const { parentPort, workerData } = require('node:worker_threads');
	const { hashSync } = require(workerData.library);
	parentPort.postMessage(hashSync(workerData.password, workerData.settings));
`;

/**
 * bcrypt as `$2a$`, `$2b$` or `$2y$`: three names of one algorithm, apart from mistakes of libraries long gone. Of a
 * password only the first 72 bytes count, as they did where the hash was made; a NUL is a character like others.
 */
export function readBcrypt(stored: string): Reading {
	const [, version, digits, salt = '', hash = ''] = pattern.exec(stored) ?? [];
	const cost = Number(digits);
	if (!version || cost < 4 || cost > 31) return undefined;
	if (cost > maxCost) return 'too_costly';
	// 128 bits end four bits before the last character does, 184 two: what stands there says nothing.
	const settings = `${version}${digits}$${clearLastBits(salt, 4)}`;
	const expected = Buffer.from(settings + clearLastBits(hash, 2));
	return async (password) => equalInConstantTime(Buffer.from(await hashBcrypt(password, settings)), expected);
}

function clearLastBits(text: string, bits: number): string {
	const last = alphabet.indexOf(text.at(-1) ?? '');
	return text.slice(0, -1) + alphabet.charAt((last >> bits) << bits);
}

/** A thread for each: they are few, since a log-in replaces the hash, and what runs at once the hasher bounds. */
async function hashBcrypt(password: string, settings: string): Promise<string> {
	const library = createRequire(import.meta.url).resolve('bcryptjs');
	const worker = new Worker(hashInWorker, { eval: true, workerData: { library, password, settings } });
	const [hash] = (await once(worker, 'message')) as [string];
	return hash;
}
