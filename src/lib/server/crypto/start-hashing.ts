import { createFastestArgon2 } from './fastest-argon2.ts';
import { createHashingPool } from './hashing-pool.ts';
import { loadArgon2 } from './load-argon2.ts';
import { countConcurrentHashes, createPasswordHasher, type PasswordHasher } from './password-hash.ts';

/** By then, the service is either ready, or is waiting for the database and has nothing else to do. */
const measureAfterMs = 1_000;

export interface HashingLimits {
	hashMemoryMb: number;
	hashQueueMs: number;
}

export interface HashingLog {
	info(facts: object, message: string): void;
	warn(facts: object, message: string): void;
}

/** Returns a hasher that is usable immediately. The implementations are measured soon afterwards. */
export function startHashing({ hashMemoryMb, hashQueueMs }: HashingLimits, log: HashingLog): PasswordHasher {
	const { implementations, fault } = loadArgon2();
	const concurrency = countConcurrentHashes(hashMemoryMb);
	const pool = createHashingPool({
		concurrency,
		memoryKib: hashMemoryMb * 1024,
		queueMs: hashQueueMs
	});
	const argon2 = createFastestArgon2(implementations, pool);
	const facts = { argon2: implementations[0].name, concurrent_hashes: concurrency };
	if (fault) log.warn({ ...facts, err: fault }, 'Passwords are hashed by Node itself, slowly');
	else log.info(facts, 'Passwords are hashed');

	async function measure(): Promise<void> {
		const measured = await argon2.measure();
		const hashMs = Object.fromEntries(
			measured.map(({ argon2, hashMs }) => [argon2.name, Math.round(hashMs)])
		);
		log.info({ argon2: measured[0]?.argon2.name, hash_ms: hashMs }, 'The fastest argon2 was measured');
	}
	if (implementations.length > 1) {
		const giveUp = (err: unknown) => log.warn({ err }, 'The fastest argon2 could not be measured');
		setTimeout(() => void measure().catch(giveUp), measureAfterMs).unref();
	}
	return createPasswordHasher(pool, argon2);
}
