import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Config } from '#lib/server/config/config.ts';
import { createFastestArgon2 } from '#lib/server/crypto/fastest-argon2.ts';
import { createHashingPool } from '#lib/server/crypto/hashing-pool.ts';
import { loadArgon2 } from '#lib/server/crypto/load-argon2.ts';
import { countConcurrentHashes, hashParameters } from '#lib/server/crypto/password-hash.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

const gibibyte = 2 ** 30;

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

/** Measures a password hash, the service's most expensive operation, with each implementation of argon2. */
async function checkHashing({ hashMemoryMb }: Config): Promise<Finding> {
	const { implementations, fault } = loadArgon2();
	const concurrency = countConcurrentHashes(hashMemoryMb);
	const usedCores = Math.min(concurrency, availableParallelism());
	const pool = createHashingPool({
		concurrency: usedCores,
		memoryKib: hashMemoryMb * 1024,
		queueMs: 60_000
	});
	const [fastest, ...others] = await createFastestArgon2(implementations, pool).measure();
	if (!fastest) return failure('hashing', 'no implementation of argon2 works', 'run npm ci on this machine');
	const { memoryKib, passes, lanes } = hashParameters;
	const slower = others.map(({ argon2, hashMs }) => `; ${hashMs.toFixed(0)} ms with ${argon2.name}`);
	const message =
		`argon2id m=${memoryKib},t=${passes},p=${lanes}: ${fastest.hashMs.toFixed(0)} ms a hash with ${fastest.argon2.name}, ` +
		`${concurrency} concurrently, about ${Math.floor((usedCores * 1000) / fastest.hashMs)} hashes a second${slower.join('')}`;
	if (fault) {
		return warning(
			'hashing',
			message,
			'run npm ci on this machine: the fast library has no binary for this platform'
		);
	}
	return fastest.hashMs > 500
		? warning('hashing', message, 'use a faster machine, or reduce its load')
		: ok('hashing', message);
}
