import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVerifiedTokens } from './verified-tokens.ts';

const key = createSecretKey(randomBytes(32));
const verified = (userId: string) => ({ userId, issuedAt: 1, expiresAt: 1, key });

test('a remembered token is found until it is forgotten', () => {
	const tokens = createVerifiedTokens(2);
	tokens.remember('a', verified('ada'));
	expect(tokens.find('a')).toEqual(verified('ada'));
	expect(tokens.find('b')).toBeUndefined();
	tokens.forget('a');
	expect(tokens.find('a')).toBeUndefined();
});

test('a full cache forgets the least recently used token', () => {
	const tokens = createVerifiedTokens(2);
	tokens.remember('a', verified('ada'));
	tokens.remember('b', verified('bob'));
	tokens.find('a');
	tokens.remember('c', verified('cyd'));
	expect(['a', 'b', 'c'].map((token) => tokens.find(token)?.userId)).toEqual(['ada', undefined, 'cyd']);
});
