import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import type { Argon2Work } from './phc.ts';

/** What computes argon2 (RFC 9106), on a thread of libuv's pool. */
export interface Argon2 {
	name: string;
	/** Why it is not the fast one, where it is not. */
	fault: Error | undefined;
	derive(password: string, work: Argon2Work): Promise<Buffer>;
}

type Library = Pick<typeof import('@node-rs/argon2'), 'hashRaw'>;

/** Its constants are `const enum`s, which cannot be imported. */
const libraryAlgorithms = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;

/**
 * The fast one, which uses what the processor has; where its binary does not load, Node's own, which is some three times
 * slower (docs/decisions/0007).
 *
 * @throws when there is neither
 */
export function loadArgon2(loadLibrary: () => Library = requireLibrary): Argon2 {
	try {
		return useLibrary(loadLibrary());
	} catch (error) {
		// Node has it since 24.7.
		if (typeof crypto.argon2 !== 'function') throw error;
		return useNode(error instanceof Error ? error : new Error(String(error)));
	}
}

/** Required, not imported: a platform that it has no binary for must still be served. */
function requireLibrary(): Library {
	return createRequire(import.meta.url)('@node-rs/argon2') as Library;
}

function useLibrary({ hashRaw }: Library): Argon2 {
	return {
		name: '@node-rs/argon2',
		fault: undefined,
		derive: (password, { algorithm, version, memoryKib, passes, lanes, salt, hashBytes }) =>
			hashRaw(password, {
				algorithm: libraryAlgorithms[algorithm],
				version: version === 19 ? 1 : 0,
				memoryCost: memoryKib,
				timeCost: passes,
				parallelism: lanes,
				salt,
				outputLen: hashBytes
			})
	};
}

function useNode(fault: Error): Argon2 {
	return {
		name: 'node:crypto',
		fault,
		derive: (message, { algorithm, version, memoryKib, passes, lanes, salt, hashBytes }) =>
			new Promise((resolve, reject) => {
				if (version !== 19) throw new Error(`node:crypto knows argon2 19 only, not ${version}`);
				const parameters = {
					message,
					nonce: salt,
					parallelism: lanes,
					tagLength: hashBytes,
					memory: memoryKib,
					passes
				};
				crypto.argon2(algorithm, parameters, (error, hash) => (error ? reject(error) : resolve(hash)));
			})
	};
}
