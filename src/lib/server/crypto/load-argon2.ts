import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import type { Argon2Implementation, Argon2Implementations } from './argon2.ts';
import { type CompiledAddon, useCompiled } from './compiled-argon2.ts';

/** The implementations that load on this machine. All compute the same hashes. */
export interface LoadedArgon2 {
	implementations: Argon2Implementations;
	/** Why only Node's own, slow implementation is left; undefined if there are others. */
	fault: Error | undefined;
}

type Library = Pick<typeof import('@node-rs/argon2'), 'hashRaw'>;

/** The constants of the library are `const enum`s, which cannot be imported. */
const libraryAlgorithms = { argon2d: 0, argon2i: 1, argon2id: 2 } as const;

/**
 * The newest instructions are not always the fastest, but one of the two newest variants is. Measuring a variant takes
 * time.
 */
const maxVariants = 2;

/** Binaries are loaded with `require`, because the service must also run on platforms for which they do not exist. */
const require = createRequire(import.meta.url);
const loaders = {
	/** Compiled by `npm run build` if there is a C compiler. */
	compiled: () => require('#argon2') as CompiledAddon,
	library: () => require('@node-rs/argon2') as Library
};

/**
 * Loads the compiled variants and the prebuilt library. If neither loads, Node's own implementation is used, which is
 * about three times slower (docs/decisions/0007).
 *
 * @throws when there is no implementation at all
 */
export function loadArgon2({ compiled, library } = loaders): LoadedArgon2 {
	const faults: unknown[] = [];
	const [first, ...others] = [
		() => useCompiled(compiled()).slice(0, maxVariants),
		() => [useLibrary(library())]
	].flatMap((load) => {
		try {
			return load();
		} catch (error) {
			faults.push(error);
			return [];
		}
	});
	if (first) return { implementations: [first, ...others], fault: undefined };
	const fault = faults.at(-1);
	// Available since Node 24.7.
	if (typeof crypto.argon2 !== 'function') throw fault;
	return { implementations: [nodeArgon2], fault: fault instanceof Error ? fault : new Error(String(fault)) };
}

function useLibrary({ hashRaw }: Library): Argon2Implementation {
	return {
		name: '@node-rs/argon2',
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

const nodeArgon2: Argon2Implementation = {
	name: 'node:crypto',
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
