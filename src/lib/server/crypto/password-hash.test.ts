import { describe, expect, test } from 'vitest';
import { createHashingPool } from './hashing-pool.ts';
import { loadArgon2 } from './load-argon2.ts';
import { countConcurrentHashes, createPasswordHasher, isWeakerThanConfigured } from './password-hash.ts';

const createPool = () => createHashingPool({ concurrency: 2, memoryKib: 2 ** 20, queueMs: 10_000 });
const [argon2] = loadArgon2().implementations;
const hasher = createPasswordHasher(createPool(), argon2);

test.for([
	[256, 2, 3],
	[256, 64, 13],
	[38, 8, 2],
	[37, 8, 1],
	[19, 8, 1]
] as const)(
	'with %d MB and %d cores, the service runs %d hashes concurrently',
	([memoryMb, cores, hashes]) => {
		expect(countConcurrentHashes(memoryMb, cores)).toBe(hashes);
	}
);

test('a password is stored as a PHC string of argon2id with 19 MiB, two passes and one lane', async () => {
	const hash = await hasher.hash('correct horse battery');
	// 16 bytes of salt and 32 of hash in base64 without padding
	expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
});

test('the same password gives a different hash each time', async () => {
	expect(await hasher.hash('correct horse battery')).not.toBe(await hasher.hash('correct horse battery'));
});

describe('verifying', () => {
	// The vectors of the reference implementation (phc-winner-argon2, src/test.c).
	test.for([
		['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
		['password', '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'],
		['password', '$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg']
	])('accepts the published hash of %s: %s', async ([password = '', hash]) => {
		expect(await hasher.verify(password, hash)).toBe(true);
		expect(await hasher.verify(`${password} `, hash)).toBe(false);
	});

	test.for([
		['256 emoji', '🦄'.repeat(256)],
		['spaces', '        '],
		['other scripts', 'пароль と 密码'],
		['a line end and a tab', 'line\nend\ttab'],
		['256 letters', 'a'.repeat(256)]
	])('accepts the hashed password only to the last character: %s', async ([, password = '']) => {
		const hash = await hasher.hash(password);
		expect(await hasher.verify(password, hash)).toBe(true);
		expect(await hasher.verify([...password].slice(0, -1).join(''), hash)).toBe(false);
	});

	test('refuses a password without a stored hash, at the cost of a hash', async () => {
		await hasher.verify('warm', undefined);
		const cost = async (stored: string | undefined) => {
			const started = performance.now();
			expect(await hasher.verify('wrong password', stored)).toBe(false);
			return performance.now() - started;
		};
		const stored = await hasher.hash('correct horse battery');
		const [known, unknown] = [[], []] as [number[], number[]];
		for (let round = 0; round < 7; round++) {
			known.push(await cost(stored));
			unknown.push(await cost(undefined));
		}
		const median = (times: number[]) => times.toSorted((a, b) => a - b)[3] as number;
		// Both compute one hash. A shortcut would be a hundred times faster.
		expect(median(unknown)).toBeGreaterThan(median(known) / 3);
		expect(median(unknown)).toBeLessThan(median(known) * 3);
	});

	test.for([[''], ['plain text'], ['$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$aGFzaA']])(
		'refuses a stored value that is no hash or too expensive, without an exception: %s',
		async ([stored]) => {
			expect(await hasher.verify('plain text', stored)).toBe(false);
		}
	);
});

test('a new hash is not weaker than configured', async () => {
	expect(isWeakerThanConfigured(await hasher.hash('correct horse battery'))).toBe(false);
});

describe('whether a stored hash is weaker than configured', () => {
	test.for([
		['with the current parameters', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2g', false],
		['with more memory', '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2g', false],
		['with more passes and lanes', '$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$aGFzaGhhc2g', false],
		['with less memory', '$argon2id$v=19$m=19455,t=2,p=1$c29tZXNhbHQ$aGFzaGhhc2g', true],
		['with fewer passes', '$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$aGFzaGhhc2g', true],
		['of argon2i', '$argon2i$v=19$m=65536,t=3,p=1$c29tZXNhbHQ$aGFzaGhhc2g', true],
		['of the previous version', '$argon2id$v=16$m=65536,t=3,p=1$c29tZXNhbHQ$aGFzaGhhc2g', true],
		['without a version', '$argon2id$m=65536,t=3,p=1$c29tZXNhbHQ$aGFzaGhhc2g', true],
		['of bcrypt', '$2b$12$c29tZXNhbHQ', true]
	] as const)('%s: %s → %s', ([, stored, isWeaker]) => {
		expect(isWeakerThanConfigured(stored)).toBe(isWeaker);
	});
});
