import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../config/signing.ts';
import type { KeyPairAlgorithm } from '../crypto/key-pair.ts';
import type { CachedDocument } from '../cached-document.ts';
import { publishKeys } from './key-set.ts';

/** The keys that sign and verify tokens. */
export interface TokenKeys {
	/** The key that signs, and the id by which verifiers find it. */
	findSigningKey(now: Date): { key: KeyObject; kid?: string };
	/** The key that a token names as its own. */
	findVerifyingKey(kid: unknown, now: Date): Promise<KeyObject | undefined>;
	/** Whether the key that verified a token is still in use. */
	has(key: KeyObject): boolean;
	/** A previous secret whose tokens stay valid while it is being replaced. */
	previousSecret?: KeyObject | undefined;
	/** Whether other instances sign with keys that this instance cannot open: it refuses their tokens. */
	readonly lacksKeys?: boolean;
	readonly published: CachedDocument;
}

/** The single key of HMAC: the UTF-8 bytes of the secret. It is never published. */
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

/** Whether others can verify tokens with public keys. The service then makes and stores the key pairs. */
export function usesKeyPairs(algorithm: Algorithm): algorithm is Algorithm & KeyPairAlgorithm {
	return !algorithm.startsWith('HS');
}
