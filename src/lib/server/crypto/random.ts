import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';

/** A UUIDv7 (RFC 9562 §5.7). It sorts by time, so new rows go to the end of the index. */
export function createId(): string {
	return randomUUIDv7();
}

/** 256 random bits in base64url: 43 characters. */
export function createToken(): string {
	return randomBytes(32).toString('base64url');
}

/** The stored form of a random token: its SHA-256 in hex. 256 bits cannot be guessed, so a fast hash is enough. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
