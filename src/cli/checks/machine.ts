import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Config } from '#lib/server/config/config.ts';
import { loadArgon2 } from '#lib/server/crypto/argon2.ts';
import { createHashingPool } from '#lib/server/crypto/hashing-pool.ts';
import { countHashesAtOnce, createPasswordHasher, hashParameters } from '#lib/server/crypto/password-hash.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

const gibibyte = 2 ** 30;
const samples = 5;

export async function checkMachine(config: Config): Promise<Finding[]> {
	return [checkDisk(config), await checkHashing(config)];
}

function checkDisk({ dataDir, database }: Config): Finding {
	const path = database.engine === 'sqlite' && existsSync(dataDir) ? dataDir : '.';
	const { bavail, bsize } = statfsSync(path);
	const free = (bavail * bsize) / gibibyte;
	const message = `${free.toFixed(1)} GiB free under ${path}`;
	if (database.engine === 'sqlite' && free < 0.1) return failure('disk', message, 'free some space');
	return free < 1 ? warning('disk', message, 'free some space') : ok('disk', message);
}

/** The time of one password hash, the most costly thing that the service does. */
async function checkHashing({ hashMemoryMb }: Config): Promise<Finding> {
	const argon2 = loadArgon2();
	const pool = createHashingPool({ concurrency: 1, queueMs: 60_000 });
	const hasher = createPasswordHasher(pool, argon2);
	const times: number[] = [];
	for (let sample = 0; sample < samples; sample++) {
		const startedAt = performance.now();
		await hasher.hash('correct horse battery staple');
		times.push(performance.now() - startedAt);
	}
	const median = times.toSorted((a, b) => a - b)[Math.floor(samples / 2)] ?? 0;
	const atOnce = countHashesAtOnce(hashMemoryMb);
	const { memoryKib, passes, lanes } = hashParameters;
	const message =
		`argon2id m=${memoryKib},t=${passes},p=${lanes}: ${median.toFixed(0)} ms a hash by ${argon2.name}, ` +
		`${atOnce} at once, some ${Math.floor((Math.min(atOnce, availableParallelism()) * 1000) / median)} hashes a second`;
	if (argon2.fault) {
		return warning('hashing', message, 'run npm ci on this machine: the fast library has no binary for it');
	}
	return median > 500 ? warning('hashing', message, 'the machine is slow or busy') : ok('hashing', message);
}
