import { randomBytes, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Argon2 } from './argon2.ts';
import type { HashingPool, HashRequest } from './hashing-pool.ts';
import type { StoredHash } from './formats/format.ts';
import { formatPhc, parsePhc } from './phc.ts';
import { readStoredHash } from './stored-hash.ts';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. */
export const hashParameters = { memoryKib: 19_456, passes: 2, lanes: 1 };
const saltBytes = 16;
const hashBytes = 32;

/**
 * Hashes and verifies passwords within the limits of its pool. A hash that cannot be computed in time throws an
 * UnavailableError `overloaded`.
 */
export interface PasswordHasher {
	/** @returns a PHC string */
	hash(password: string, request?: HashRequest): Promise<string>;
	/**
	 * Computes one hash whether or not there is a stored hash that can be read, so that the time reveals nothing (OWASP
	 * ASVS 5.0, 6.3.8).
	 *
	 * @param stored the hash of the user, in any format of `stored-hash.ts`; undefined if there is no such user
	 */
	verify(password: string, stored: string | undefined, request?: HashRequest): Promise<boolean>;
	/** Throws the same UnavailableError if a hash would be refused now. */
	requireRoom(request?: HashRequest): void;
}

/**
 * The number of concurrent hashes that fit into the memory: at least one, and at most one more than there are cores, so
 * that no core waits for the next hash (docs/decisions/0012).
 */
export function countConcurrentHashes(memoryMb: number, cores = availableParallelism()): number {
	return Math.max(1, Math.min(cores + 1, Math.floor((memoryMb * 1024) / hashParameters.memoryKib)));
}

export function createPasswordHasher(pool: HashingPool, argon2: Argon2): PasswordHasher {
	async function hashNow(password: string): Promise<string> {
		const salt = randomBytes(saltBytes);
		const work = { algorithm: 'argon2id' as const, version: 19, ...hashParameters, salt, hashBytes };
		return formatPhc({ ...work, hash: await argon2.derive(password, work) });
	}
	const { memoryKib } = hashParameters;
	const hash = (password: string, request?: HashRequest) =>
		pool.run(() => hashNow(password), { ...request, memoryKib });
	// The hash of a password that no user has, made before the first request needs it.
	const nobodysHash = hash(randomUUID());
	nobodysHash.catch(() => {});

	async function read(stored: string): Promise<StoredHash | undefined> {
		const reading = await readStoredHash(stored, pool.limits.memoryKib);
		return typeof reading === 'object' ? reading : undefined;
	}

	return {
		hash,
		requireRoom: (request) => pool.requireRoom({ ...request, memoryKib }),
		async verify(password, stored, request) {
			const known = stored === undefined ? undefined : await read(stored);
			const against = known ?? (await read(await nobodysHash));
			if (!against) throw new Error('The hash that stands in for unknown users cannot be read');
			const verify = () => against.verify(password, argon2);
			const matches = await pool.run(verify, { ...request, memoryKib: against.memoryKib });
			return known !== undefined && matches;
		}
	};
}

/** Whether a PHC string was made with another algorithm or with less work than the current parameters. */
export function isWeakerThanConfigured(stored: string): boolean {
	const parsed = parsePhc(stored);
	if (parsed?.algorithm !== 'argon2id' || parsed.version !== 19) return true;
	return parsed.memoryKib < hashParameters.memoryKib || parsed.passes < hashParameters.passes;
}
