import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Argon2Implementation } from './argon2.ts';
import { createFastestArgon2 } from './fastest-argon2.ts';
import { createHashingPool } from './hashing-pool.ts';
import { loadArgon2 } from './load-argon2.ts';
import { hashParameters } from './password-hash.ts';
import type { Argon2Work } from './phc.ts';

const [real] = loadArgon2().implementations;
const salt = Buffer.from('sixteen of bytes');
const work: Argon2Work = { algorithm: 'argon2id', version: 19, ...hashParameters, salt, hashBytes: 32 };
const createPool = () => createHashingPool({ concurrency: 2, memoryKib: 2 ** 20, queueMs: 60_000 });

/** The same hashes, later; counts them. */
function createImplementation(name: string, delayMs: number): Argon2Implementation & { count: number } {
	return {
		name,
		count: 0,
		async derive(...input) {
			this.count++;
			await pause(delayMs);
			return real.derive(...input);
		}
	};
}

test('the first is used until they are measured, then the fastest', async () => {
	const slow = createImplementation('slow', 150);
	const fast = createImplementation('fast', 0);
	const argon2 = createFastestArgon2([slow, fast], createPool());
	const hash = await argon2.derive('four calm green words', work);
	// Each had computed the known hash.
	expect([slow.count, fast.count]).toEqual([2, 1]);

	const measured = await argon2.measure();
	expect(measured.map(({ argon2 }) => argon2.name)).toEqual(['fast', 'slow']);
	expect(measured[1]?.hashMs).toBeGreaterThan(measured[0]?.hashMs ?? NaN);
	const before = { slow: slow.count, fast: fast.count };
	expect(await argon2.derive('four calm green words', work)).toEqual(hash);
	expect([slow.count - before.slow, fast.count - before.fast]).toEqual([0, 1]);
});

test.for([
	['computes another hash', () => Promise.resolve(Buffer.alloc(32, 1))],
	['fails', () => Promise.reject(new Error('illegal argument'))]
] as const)('one that %s is never used, however fast it is', async ([, derive]) => {
	const argon2 = createFastestArgon2([{ name: 'wrong', derive }, real], createPool());
	const expected = await real.derive('four calm green words', work);
	expect(await argon2.derive('four calm green words', work)).toEqual(expected);
	expect(await argon2.measure()).toMatchObject([{ argon2: { name: real.name } }]);
	expect(await argon2.derive('four calm green words', work)).toEqual(expected);
});

test('without a correct one each hash is refused, with their names', async () => {
	const wrong = { name: 'wrong', derive: () => Promise.resolve(Buffer.alloc(32)) };
	const argon2 = createFastestArgon2([wrong], createPool());
	await expect(argon2.derive('four calm green words', work)).rejects.toThrow('wrong');
	await expect(argon2.measure()).rejects.toThrow('wrong');
});
