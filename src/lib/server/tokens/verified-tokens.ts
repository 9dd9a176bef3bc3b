import type { KeyObject } from 'node:crypto';

/** What a good token said; the token itself is the key, since hashing it would cost what this saves. */
export interface VerifiedToken {
	userId: string;
	sessionId?: string | undefined;
	/** Epoch seconds. */
	issuedAt: number;
	/** Epoch seconds. */
	expiresAt: number;
	/** What it was verified with. */
	key: KeyObject;
}

/** Tokens whose signature was checked. Some half a kilobyte each, so there is an end to how many are known. */
export interface VerifiedTokens {
	find(token: string): VerifiedToken | undefined;
	remember(token: string, verified: VerifiedToken): void;
	forget(token: string): void;
}

/** Beyond `capacity` the one that was not asked for the longest is forgotten. */
export function createVerifiedTokens(capacity = 10_000): VerifiedTokens {
	// A map keeps the order in which its keys came in.
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
