// Hashes with the addon that the first argument names, and ends with status 0 if nothing is wrong. For a sanitizer.
import { createRequire } from 'node:module';
import { argv } from 'node:process';

const { variants, hash, release } = createRequire(import.meta.url)(argv[2]);
const argon2id = 2;
const password = Buffer.from('four calm green words');
const salt = Buffer.alloc(16, 1);
const work = (kib, hashBytes = 32, lanes = 1) => Uint32Array.of(argon2id, 19, kib, 2, lanes, hashBytes);

// Less memory than is kept, as much, and more.
for (const kib of [8, 19_453, 19_456, 19_457]) {
	for (const variant of variants.keys()) await hash(variant, password, salt, work(kib));
}
await hash(0, password, salt, work(64, 64, 4));
await Promise.all(
	Array.from({ length: 8 }, (_, index) =>
		hash(index % variants.length, Buffer.alloc(index * 100), salt, work(256, 4 + index))
	)
);
const refused = [
	hash(0, password, Buffer.alloc(0), work(256)),
	hash(0, password, salt, work(7)),
	hash(0, password, salt, work(256, 0))
];
const outcomes = await Promise.allSettled(refused);
if (outcomes.some(({ status }) => status !== 'rejected')) throw new Error('a wrong parameter was accepted');
release();
