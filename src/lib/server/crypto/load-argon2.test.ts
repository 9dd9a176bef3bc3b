import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { Argon2 } from './argon2.ts';
import { createHashingPool } from './hashing-pool.ts';
import { loadArgon2 } from './load-argon2.ts';
import { createPasswordHasher } from './password-hash.ts';
import { formatPhc, parsePhc } from './phc.ts';

const missing = () => {
	throw new Error('no binary for this platform');
};
const library = () => createRequire(import.meta.url)('@node-rs/argon2') as typeof import('@node-rs/argon2');
const loaded = loadArgon2();
const withoutCompiled = loadArgon2({ compiled: missing, library });
const fallBack = loadArgon2({ compiled: missing, library: missing });
const createHasher = (argon2: Argon2) =>
	createPasswordHasher(createHashingPool({ concurrency: 1, memoryKib: 2 ** 20, queueMs: 60_000 }), argon2);

test('the prebuilt library is the last choice, or the only one where nothing was compiled', () => {
	expect(loaded.implementations.at(-1)?.name).toBe('@node-rs/argon2');
	expect(loaded.fault).toBeUndefined();
	expect(withoutCompiled).toMatchObject({ implementations: [{ name: '@node-rs/argon2' }], fault: undefined });
});

test('what was compiled comes first, one for each kind of processor', () => {
	const compiled = () => ({
		variants: ['new', 'old'],
		hash: () => Promise.resolve(Buffer.of()),
		release: () => 0
	});
	const names = loadArgon2({ compiled, library }).implementations.map(({ name }) => name);
	expect(names).toEqual(['argon2 compiled for new', 'argon2 compiled for old', '@node-rs/argon2']);
	expect(loadArgon2({ compiled, library: missing })).toMatchObject({
		implementations: [{ name: 'argon2 compiled for new' }, { name: 'argon2 compiled for old' }],
		fault: undefined
	});
});

test("where neither loads, Node's own is used, and the reason is given", () => {
	expect(fallBack).toMatchObject({
		implementations: [{ name: 'node:crypto' }],
		fault: new Error('no binary for this platform')
	});
});

// The vectors of the reference implementation (phc-winner-argon2, src/test.c): the password is "password".
const vectors = [
	'$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8',
	'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
	'$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc',
	'$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg'
];

describe.each([...loaded.implementations, ...fallBack.implementations])('$name', (argon2) => {
	const hasher = createHasher(argon2);

	test.for(vectors)('knows %s', async (vector) => {
		expect(await hasher.verify('password', vector)).toBe(true);
		expect(await hasher.verify('passwore', vector)).toBe(false);
	});

	test('makes hashes that the others know', async () => {
		const hash = await hasher.hash('пароль と 🦄');
		expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
		for (const other of [...loaded.implementations, ...fallBack.implementations]) {
			expect(await createHasher(other).verify('пароль と 🦄', hash), other.name).toBe(true);
		}
	});
});

describe.each(loaded.implementations)('$name', (argon2) => {
	test.for([
		'$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY',
		'$argon2i$v=16$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY'
	])('knows the previous version: %s', async (vector) => {
		expect(await createHasher(argon2).verify('password', vector)).toBe(true);
		expect(await createHasher(argon2).verify('passwore', vector)).toBe(false);
	});
});

describe('a PHC string', () => {
	test.for(vectors)('is the same when it was read and written: %s', (vector) => {
		const parsed = parsePhc(vector);
		expect(parsed && formatPhc(parsed)).toBe(vector);
	});

	test('may name its parameters in another order', () => {
		const parsed = parsePhc(String(vectors[1]).replace('m=256,t=2,p=1', 'p=1,t=2,m=256'));
		expect(parsed && formatPhc(parsed)).toBe(vectors[1]);
	});

	test.for([
		'',
		'$argon2id$',
		'$argon2x$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL',
		'$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL',
		'$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgL',
		'$argon2id$v=19$m=256,m=2,p=1$c29tZXNhbHQ$nf65EOgL',
		'$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgL',
		'$argon2id$v=19$m=256,t=2,p=256$c29tZXNhbHQ$nf65EOgL',
		'$argon2id$v=19$m=256,t=2,p=1$short$nf65EOgL',
		'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$',
		'$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL$'
	])('is none: %s', (text) => {
		expect(parsePhc(text)).toBeUndefined();
	});
});
