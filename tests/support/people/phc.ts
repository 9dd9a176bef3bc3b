import { argon2Sync, randomBytes } from 'node:crypto';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** An argon2id hash as a PHC string, made by Node alone. `memory` is in KiB. */
export function hashByHand(message: string, { memory, passes }: { memory: number; passes: number }): string {
	const nonce = randomBytes(16);
	const hash = argon2Sync('argon2id', { message, nonce, parallelism: 1, tagLength: 32, memory, passes });
	return `$argon2id$v=19$m=${memory},t=${passes},p=1$${base64(nonce)}$${base64(hash)}`;
}
