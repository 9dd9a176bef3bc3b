import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import type { HashingPool } from './hashing-pool.ts';
import { judgeStoredHash, verifyStoredHash } from './stored-hash.ts';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. */
export const hashParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashes and verifies passwords as its pool has room: what cannot have a turn in time throws an UnavailableError
 * `overloaded`. A `signal` takes back what has not begun.
 */
export interface PasswordHasher {
	/** @returns a PHC string */
	hash(password: string, signal?: AbortSignal): Promise<string>;
	/**
	 * Costs one hash whether there is a stored one (that can be read) or not, so that the time tells nothing (OWASP ASVS
	 * 5.0, 6.3.8).
	 *
	 * @param stored the hash of the user, in any format of `stored-hash.ts`; `undefined` when there is no such user
	 */
	verify(password: string, stored: string | undefined, signal?: AbortSignal): Promise<boolean>;
	/** Throws the same UnavailableError when a hash asked for now would be refused. */
	requireRoom(): void;
}

/** How many hashes fit into so much memory, at least one, and no more than cores: those would only wait for each other. */
export function countHashesAtOnce(memoryMb: number, cores = availableParallelism()): number {
	return Math.max(1, Math.min(cores, Math.floor((memoryMb * 1024) / hashParameters.memoryCost)));
}

export function createPasswordHasher(pool: HashingPool): PasswordHasher {
	const hash = (password: string, signal?: AbortSignal) => pool.run(() => hashPassword(password), signal);
	// The hash that nobody's password has; made once, before the first request needs it.
	const nobodysHash = hash(crypto.randomUUID());
	nobodysHash.catch(() => {});

	return {
		hash,
		requireRoom: () => pool.requireRoom(),
		async verify(password, stored, signal) {
			const isKnown = stored !== undefined && judgeStoredHash(stored) === 'verifiable';
			const against = isKnown ? stored : await nobodysHash;
			const matches = await pool.run(() => verifyStoredHash(against, password), signal);
			return isKnown && matches === true;
		}
	};
}

/** The library would put the parameters in another order, which other languages' libraries refuse to read. */
async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const hash = await argon2.hash(password, { ...hashParameters, type: argon2.argon2id, salt, raw: true });
	const { memoryCost, timeCost, parallelism } = hashParameters;
	const [encodedSalt, encodedHash] = [salt, hash].map((bytes) =>
		bytes.toString('base64').replaceAll('=', '')
	);
	return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${encodedSalt}$${encodedHash}`;
}

/** Whether a PHC string was made with another algorithm or with less work than today's parameters. */
export function isWeakerThanConfigured(stored: string): boolean {
	const parameters = /^\$argon2id\$v=19\$([^$]+)\$/.exec(stored)?.[1];
	if (parameters === undefined) return true;
	const cost = Object.fromEntries(parameters.split(',').map((parameter) => parameter.split('=')));
	// A missing figure compares as NaN, which is not enough either.
	return !(Number(cost.m) >= hashParameters.memoryCost && Number(cost.t) >= hashParameters.timeCost);
}
