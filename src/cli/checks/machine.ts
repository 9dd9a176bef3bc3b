import { existsSync, statfsSync } from 'node:fs';
import type { Config } from '#lib/server/config/config.ts';
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
	const hasher = createPasswordHasher(createHashingPool({ concurrency: 1, queueMs: 60_000 }));
	const times: number[] = [];
	for (let sample = 0; sample < samples; sample++) {
		const startedAt = performance.now();
		await hasher.hash('correct horse battery staple');
		times.push(performance.now() - startedAt);
	}
	const median = times.toSorted((a, b) => a - b)[Math.floor(samples / 2)] ?? 0;
	const atOnce = countHashesAtOnce(hashMemoryMb);
	const { memoryCost, timeCost, parallelism } = hashParameters;
	const message =
		`argon2id m=${memoryCost},t=${timeCost},p=${parallelism}: ${median.toFixed(0)} ms a hash, ` +
		`${atOnce} at once, some ${Math.floor((atOnce * 1000) / median)} log-ins a second`;
	return median > 500 ? warning('hashing', message, 'the machine is slow or busy') : ok('hashing', message);
}
