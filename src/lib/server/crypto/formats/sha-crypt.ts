import { hash } from 'node:crypto';
import { encodeCryptBase64, runRounds } from './crypt-rounds.ts';
import { equalInConstantTime, type Reading } from './format.ts';

/** Passlib's default was 656,000, which takes about a second. */
const maxRounds = 1_000_000;

const digests = { 5: 'sha256', 6: 'sha512' } as const;
const pattern = /^\$([56])\$(?:rounds=([1-9]\d{3,8})\$)?([^$]{0,16})\$([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})$/;

/** `$5$` and `$6$` of crypt(3): Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6. */
export function readShaCrypt(stored: string): Reading {
	const [, version, rounds = '5000', salt = '', expected = ''] = pattern.exec(stored) ?? [];
	if ((version !== '5' && version !== '6') || (version === '5') !== (expected.length === 43))
		return undefined;
	if (Number(rounds) > maxRounds) return 'too_costly';
	const work = { digest: digests[version], rounds: Number(rounds), salt: Buffer.from(salt) };
	return {
		memoryKib: 0,
		async verify(password) {
			const computed = encodeCryptBase64(inOrderOfCrypt(await derive(Buffer.from(password), work)));
			return equalInConstantTime(Buffer.from(computed), Buffer.from(expected));
		}
	};
}

interface Work {
	digest: 'sha256' | 'sha512';
	rounds: number;
	salt: Buffer;
}

/** The variables have the names of the specification. */
async function derive(password: Buffer, { digest, rounds, salt }: Work): Promise<Buffer> {
	const sum = (...parts: Uint8Array[]) => hash(digest, Buffer.concat(parts), 'buffer');
	const { length } = password;
	const b = sum(password, salt, password);
	const bits = length === 0 ? [] : [...length.toString(2)].reverse();
	const a = sum(password, salt, repeat(b, length), ...bits.map((bit) => (bit === '1' ? b : password)));
	const p = repeat(sum(repeat(password, length * length)), length);
	const s = repeat(sum(repeat(salt, salt.length * (16 + (a[0] ?? 0)))), salt.length);
	return runRounds(rounds, a, (number, c) => {
		const isOdd = number % 2 === 1;
		const parts = [isOdd ? p : c];
		if (number % 3 !== 0) parts.push(s);
		if (number % 7 !== 0) parts.push(p);
		parts.push(isOdd ? c : p);
		return sum(...parts);
	});
}

function repeat(bytes: Buffer, length: number): Buffer {
	return bytes.length === 0 ? bytes : Buffer.alloc(length, bytes);
}

/** Groups of three bytes from the three thirds of the digest, in turns; the rest is at the end, backwards. */
function inOrderOfCrypt(digest: Buffer): Buffer {
	const third = Math.floor(digest.length / 3);
	const rotate =
		digest.length === 32
			? ([x, y, z]: number[]) => [z, x, y] as number[]
			: ([x, y, z]: number[]) => [y, z, x] as number[];
	let group = [0, third, 2 * third];
	const order: number[] = [];
	for (let count = 0; count < third; count++) {
		order.push(...group.toReversed());
		group = rotate(group).map((index) => index + 1);
	}
	for (let index = 3 * third; index < digest.length; index++) order.push(index);
	return Buffer.from(order.map((index) => digest[index] ?? 0));
}
