import type { Argon2Implementation } from './argon2.ts';
import type { Argon2Work } from './phc.ts';

/** What `native/addon.c` exports. */
export interface CompiledAddon {
	/** The kinds of processors it was compiled for that this one belongs to, the newest first. */
	variants: string[];
	/** @param parameters type, version, memory in KiB, passes, lanes, and bytes of the hash */
	hash(variant: number, password: Buffer, salt: Buffer, parameters: Uint32Array): Promise<Buffer>;
	/** Returns the memory that no hash is using to the system. @returns how many bytes that were */
	release(): number;
}

/** `argon2_type` of its header. */
const types: Record<Argon2Work['algorithm'], number> = { argon2d: 0, argon2i: 1, argon2id: 2 };
/** How long memory is kept without a hash. */
const keepMs = 10_000;

/** Each variant as an implementation; they share the memory that is kept from one hash to the next. */
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
