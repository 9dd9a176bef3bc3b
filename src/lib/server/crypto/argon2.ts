import type { Argon2Work } from './phc.ts';

/** Computes argon2 (RFC 9106) on a thread of libuv's pool. */
export interface Argon2 {
	derive(password: string, work: Argon2Work): Promise<Buffer>;
}

/** One of several implementations, which all compute the same hashes. */
export interface Argon2Implementation extends Argon2 {
	readonly name: string;
}

/** The implementation that is expected to be the fastest comes first. */
export type Argon2Implementations = [Argon2Implementation, ...Argon2Implementation[]];
