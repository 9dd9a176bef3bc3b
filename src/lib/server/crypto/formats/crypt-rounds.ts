import { setImmediate } from 'node:timers/promises';

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** About a millisecond of a core. */
const roundsInOneTurn = 500;

/**
 * Runs the rounds of a hash that has no native implementation in Node. Other requests are served in between.
 *
 * @param round gets the number of the round and the previous digest
 */
export async function runRounds(
	count: number,
	first: Buffer,
	round: (number: number, previous: Buffer) => Buffer
): Promise<Buffer> {
	let digest = first;
	for (let number = 0; number < count; number++) {
		if (number % roundsInOneTurn === roundsInOneTurn - 1) await setImmediate();
		digest = round(number, digest);
	}
	return digest;
}

/** The base64 of crypt(3): three bytes are a little-endian number, whose lowest six bits are the first character. */
export function encodeCryptBase64(bytes: Uint8Array): string {
	let text = '';
	for (let start = 0; start < bytes.length; start += 3) {
		const three = bytes.subarray(start, start + 3);
		const number = three.reduce((sum, byte, index) => sum | (byte << (8 * index)), 0);
		for (let place = 0; place <= three.length; place++) text += alphabet.charAt((number >> (6 * place)) & 63);
	}
	return text;
}

export function decodeCryptDigit(character: string): number {
	return alphabet.indexOf(character);
}
