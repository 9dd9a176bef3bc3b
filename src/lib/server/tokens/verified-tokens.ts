import type { KeyObject } from 'node:crypto';

/**
 * The content of a verified token. The token itself is the key of the cache, because hashing it would cost as much as
 * the cache saves.
 */
export interface VerifiedToken {
	userId: string;
	sessionId?: string | undefined;
	/** Epoch seconds. */
	issuedAt: number;
	/** Epoch seconds. */
	expiresAt: number;
	/** The key that verified the token. */
	key: KeyObject;
}

/** A cache of tokens whose signature was checked. Each takes about half a kilobyte, so the number is bounded. */
export interface VerifiedTokens {
	find(token: string): VerifiedToken | undefined;
	remember(token: string, verified: VerifiedToken): void;
	forget(token: string): void;
}

/** Beyond `capacity`, the least recently used token is removed. */
export function createVerifiedTokens(capacity = 10_000): VerifiedTokens {
	// A map keeps the order of insertion.
	const known = new Map<string, VerifiedToken>();
	return {
		find(token) {
			const found = known.get(token);
			if (!found) return undefined;
			known.delete(token);
			known.set(token, found);
			return found;
		},
		remember(token, verified) {
			known.set(token, verified);
			if (known.size <= capacity) return;
			for (const oldest of known.keys()) return void known.delete(oldest);
		},
		forget: (token) => void known.delete(token)
	};
}
