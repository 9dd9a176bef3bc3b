import { parsePhc } from '../phc.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** At most 256 MiB for one hash, and at most 1 GiB written by all passes together, which takes about a second. */
const max = { memoryKib: 256 * 1024, passes: 20, lanes: 8, workKib: 1024 * 1024 };

/** Reads argon2id, argon2i and argon2d in PHC strings. Version 1.0 (`v=16`) may be omitted. */
export function readArgon2(stored: string): Reading {
	const parsed = parsePhc(stored);
	if (!parsed) return undefined;
	const { memoryKib, passes, lanes, hash } = parsed;
	const isCheap =
		memoryKib <= max.memoryKib &&
		passes <= max.passes &&
		lanes <= max.lanes &&
		memoryKib * passes <= max.workKib;
	if (!isCheap) return 'too_costly';
	return {
		memoryKib,
		verify: async (password, argon2) => equalInConstantTime(await argon2.derive(password, parsed), hash)
	};
}

/** Django's `argon2$argon2id$…`: its own name before a PHC string. */
export function readDjangoArgon2(stored: string): Reading {
	return stored.startsWith('argon2$') ? readArgon2(stored.slice('argon2'.length)) : undefined;
}
