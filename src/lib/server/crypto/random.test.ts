import { expect, test } from 'vitest';
import { createId, createToken, hashToken } from './random.ts';

test('ids are UUIDv7 that sort by time', () => {
	const before = Date.now();
	const id = createId();
	expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
	// RFC 9562 §5.7: the first 48 bits are epoch milliseconds.
	const time = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
	expect(time).toBeGreaterThanOrEqual(before);
	expect(time).toBeLessThanOrEqual(Date.now());
});

test('tokens are 256 bits in base64url and never the same', () => {
	const tokens = new Set(Array.from({ length: 1000 }, createToken));
	expect(tokens.size).toBe(1000);
	for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
});

test('a token is stored as its SHA-256 in hex', () => {
	// FIPS 180-2, appendix B.1
	expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
