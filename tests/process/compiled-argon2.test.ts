import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { CompiledAddon } from '../../src/lib/server/crypto/compiled-argon2.ts';

const memoryKib = 19_456;
const password = Buffer.from('four calm green words');
const salt = Buffer.alloc(16, 1);
const argon2id = 2;
const work = (kib = memoryKib) => Uint32Array.of(argon2id, 19, kib, 2, 1, 32);

function loadCompiled(): CompiledAddon | undefined {
	try {
		return createRequire(import.meta.url)('#argon2') as CompiledAddon;
	} catch {
		return undefined;
	}
}

const addon = loadCompiled();
const { variants, hash, release } = addon ?? ({} as CompiledAddon);

// `npm run build` compiles it where there is a C compiler.
describe.skipIf(!addon)('what was compiled', () => {
	test('keeps the memory of a hash for the next, and gives it back when asked', async () => {
		release();
		await hash(0, password, salt, work());
		const faultsBefore = process.resourceUsage().minorPageFault;
		for (let count = 0; count < 30; count++) await hash(0, password, salt, work());
		// Mapped anew they are at least 266 for each, and 4,865 without huge pages.
		expect((process.resourceUsage().minorPageFault - faultsBefore) / 30).toBeLessThan(100);
		expect(release()).toBe(memoryKib * 1024);
		expect(release()).toBe(0);
	});

	test('keeps as much as is used at the same time, and nothing of a larger hash', async () => {
		await Promise.all([1, 2].map(() => hash(0, password, salt, work())));
		expect(release()).toBe(2 * memoryKib * 1024);
		await hash(0, password, salt, work(2 * memoryKib));
		expect(release()).toBe(0);
	});

	test('computes the same with every variant, in memory that another hash has used', async () => {
		const hashes = [];
		for (const kib of [memoryKib, 8, memoryKib - 3, memoryKib]) {
			const ofVariants = await Promise.all(
				variants.map((_, variant) => hash(variant, password, salt, work(kib)))
			);
			expect(new Set(ofVariants.map((bytes) => bytes.toString('hex'))).size, `${kib} KiB`).toBe(1);
			hashes.push(ofVariants[0]?.toString('hex'));
		}
		expect(hashes[3]).toBe(hashes[0]);
		expect(new Set(hashes).size).toBe(3);
	});

	test.for([
		['too little memory', work(7), 'Memory'],
		['no hash', Uint32Array.of(argon2id, 19, memoryKib, 2, 1, 0), 'Output'],
		['no passes', Uint32Array.of(argon2id, 19, memoryKib, 0, 1, 32), 'Time'],
		['another type', Uint32Array.of(3, 19, memoryKib, 2, 1, 32), 'no such version']
	] as const)('%s is refused by a rejection', async ([, parameters, reason]) => {
		await expect(hash(0, password, salt, parameters)).rejects.toThrow(reason);
	});

	test.for([
		['a variant that the processor cannot run', variants?.length, salt, work()],
		['a salt that is no buffer', 0, 'salt', work()],
		['parameters that are too few', 0, salt, Uint32Array.of(argon2id)]
	] as const)('%s is a type error', ([, variant, givenSalt, parameters]) => {
		expect(() => hash(variant ?? 0, password, givenSalt as Buffer, parameters)).toThrow(TypeError);
	});
});
