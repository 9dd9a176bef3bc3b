import type { Argon2Implementation } from './argon2.ts';
import type { Argon2Work } from './phc.ts';

/** The exports of `native/addon.c`. */
export interface CompiledAddon {
	/** The kinds of processors for which it was compiled and which this processor supports, the newest first. */
	variants: string[];
	/** @param parameters type, version, memory in KiB, passes, lanes, and bytes of the hash */
	hash(variant: number, password: Buffer, salt: Buffer, parameters: Uint32Array): Promise<Buffer>;
	/** Returns unused memory to the system. @returns the number of bytes */
	release(): number;
}

/** The values of `argon2_type` in the library's header. */
const types: Record<Argon2Work['algorithm'], number> = { argon2d: 0, argon2i: 1, argon2id: 2 };
/** Unused memory is kept for this long after the last hash. */
const keepMs = 10_000;

/** Each variant as an implementation. They share the memory that is kept between hashes. */
export function useCompiled(addon: CompiledAddon): Argon2Implementation[] {
	let release: NodeJS.Timeout | undefined;
	const keepMemory = () => (release ??= setTimeout(addon.release, keepMs).unref()).refresh();

	return addon.variants.map((variant, index) => ({
		name: `argon2 compiled for ${variant}`,
		async derive(password, { algorithm, version, memoryKib, passes, lanes, salt, hashBytes }) {
			const parameters = Uint32Array.of(types[algorithm], version, memoryKib, passes, lanes, hashBytes);
			try {
				return await addon.hash(index, Buffer.from(password), salt, parameters);
			} finally {
				keepMemory();
			}
		}
	}));
}
