import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { createLimit } from './limit.ts';

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. */
export const hashParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and verifies passwords, at most one at a time for each core: more would only cost memory. */
export interface PasswordHasher {
	/** @returns a PHC string */
	hash(password: string): Promise<string>;
	/**
	 * Costs one hash whether there is a stored one or not, so that the time tells nothing (OWASP ASVS 5.0, 6.3.8).
	 *
	 * @param stored the PHC string of the user, `undefined` when there is no such user
	 */
	verify(password: string, stored: string | undefined): Promise<boolean>;
}

export function createPasswordHasher(concurrency = availableParallelism()): PasswordHasher {
	const limit = createLimit(concurrency);
	const hash = (password: string) => limit(() => hashPassword(password));
	// The hash that nobody's password has; made once, before the first request needs it.
	const nobodysHash = hash(crypto.randomUUID());
	nobodysHash.catch(() => {});

	return {
		hash,
		async verify(password, stored) {
			const isKnown = stored !== undefined && stored.startsWith('$argon2');
			const against = isKnown ? stored : await nobodysHash;
			const matches = await limit(() => argon2.verify(against, password));
			return isKnown && matches;
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
