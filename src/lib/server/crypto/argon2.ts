import type { Argon2Work } from './phc.ts';

/** What computes argon2 (RFC 9106), on a thread of libuv's pool. */
export interface Argon2 {
	derive(password: string, work: Argon2Work): Promise<Buffer>;
}

/** One of several that give the same hashes. */
export interface Argon2Implementation extends Argon2 {
	readonly name: string;
}

/** The one that is expected to be fastest first. */
export type Argon2Implementations = [Argon2Implementation, ...Argon2Implementation[]];
