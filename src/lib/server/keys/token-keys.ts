import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../config/signing.ts';
import type { KeyPairAlgorithm } from '../crypto/key-pair.ts';
import type { CachedDocument } from '../cached-document.ts';
import { publishKeys } from './key-set.ts';

/** Where the keys of the tokens come from. */
export interface TokenKeys {
	/** The key that signs, and the name by which verifiers find it among others. */
	findSigningKey(now: Date): { key: KeyObject; kid?: string };
	/** The key that a token says it is signed with. */
	findVerifyingKey(kid: unknown, now: Date): Promise<KeyObject | undefined>;
	/** Whether a key that verified a token is still one of them. */
	has(key: KeyObject): boolean;
	/** A secret whose tokens are still good while it is being replaced. */
	previousSecret?: KeyObject | undefined;
	/** Whether others sign with keys that cannot be opened here: their tokens are refused. */
	readonly lacksKeys?: boolean;
	readonly published: CachedDocument;
}

/** The one key of HMAC: the UTF-8 bytes of the secret. A secret is never published. */
export function createSecretKeys(secretKey: string, previousSecretKey?: string): TokenKeys {
	const key = createSecretKey(secretKey, 'utf8');
	const previousSecret =
		previousSecretKey === undefined ? undefined : createSecretKey(previousSecretKey, 'utf8');
	return {
		findSigningKey: () => ({ key }),
		findVerifyingKey: async () => key,
		has: (known) => known === key || known === previousSecret,
		previousSecret,
		published: publishKeys([])
	};
}

/** Whether others can verify with a public key, which the service makes and keeps itself. */
export function usesKeyPairs(algorithm: Algorithm): algorithm is Algorithm & KeyPairAlgorithm {
	return !algorithm.startsWith('HS');
}
