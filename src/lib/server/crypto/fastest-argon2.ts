import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Argon2, Argon2Implementation, Argon2Implementations } from './argon2.ts';
import type { HashingPool } from './hashing-pool.ts';
import { hashParameters } from './password-hash.ts';
import { type Argon2Hash, type Argon2Work, parsePhc } from './phc.ts';

const password = 'password';
/** The hash of `password` according to the reference implementation (phc-winner-argon2, src/test.c). */
const knownHash = parsePhc(
	'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
) as Argon2Hash;
const rounds = 2;
/** More concurrent hashes would not change which implementation is fastest. */
const maxConcurrentHashes = 4;

export interface Measured {
	argon2: Argon2Implementation;
	/** The median time of a hash, with one hash running on each core. */
	hashMs: number;
}

/** Uses the first correct implementation and, after a measurement, the fastest one. */
export interface FastestArgon2 extends Argon2 {
	/** Takes some tenths of a second on all cores. @returns the correct implementations, the fastest first */
	measure(): Promise<Measured[]>;
}

/** @param pool queues the hashes of the measurement like any other hash */
export function createFastestArgon2(
	implementations: Argon2Implementations,
	pool: HashingPool
): FastestArgon2 {
	const correct = findCorrect(implementations);
	// The rejection is handled here, so that it does not end the process. Each call of `derive` reports it.
	correct.catch(() => {});
	let fastest: Argon2Implementation | undefined;
	return {
		derive: async (text, work) => (fastest ?? (await correct)[0]).derive(text, work),
		async measure() {
			const measured = await measureInTurns(await correct, pool);
			fastest = measured[0]?.argon2;
			return measured;
		}
	};
}

async function findCorrect(implementations: Argon2Implementation[]): Promise<Argon2Implementations> {
	const correct: Argon2Implementation[] = [];
	for (const argon2 of implementations) {
		const hash = await argon2.derive(password, knownHash).catch(() => undefined);
		if (hash?.equals(knownHash.hash)) correct.push(argon2);
	}
	const [first, ...others] = correct;
	if (first) return [first, ...others];
	throw new Error(`${implementations.map(({ name }) => name).join()} compute a known argon2 hash wrongly`);
}

/** Measures in turns, so that other load on the machine affects all implementations alike. Sorts by time. */
async function measureInTurns(
	implementations: Argon2Implementation[],
	pool: HashingPool
): Promise<Measured[]> {
	const salt = Buffer.alloc(16);
	const work: Argon2Work = { algorithm: 'argon2id', version: 19, ...hashParameters, salt, hashBytes: 32 };
	const concurrentHashes = Math.min(availableParallelism(), maxConcurrentHashes);

	async function timeHash(argon2: Argon2): Promise<number> {
		const startedAt = performance.now();
		await argon2.derive(password, work);
		return performance.now() - startedAt;
	}
	const durations = new Map(implementations.map((argon2) => [argon2, [] as number[]]));
	for (let round = 0; round < rounds; round++) {
		for (const [argon2, durationsMs] of durations) {
			const hash = () => pool.run(() => timeHash(argon2), { memoryKib: work.memoryKib });
			durationsMs.push(...(await Promise.all(Array.from({ length: concurrentHashes }, hash))));
		}
	}
	return [...durations]
		.map(([argon2, durationsMs]) => ({ argon2, hashMs: median(durationsMs) }))
		.toSorted((a, b) => a.hashMs - b.hashMs);
}

function median(numbers: number[]): number {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
