import { expect, test } from 'vitest';
import { approximatePrefix, describePeer } from './peer-label.ts';

test.for([
	['203.0.113.77', '203.0.113.0/24'],
	['2001:db8:12:34::/64', '2001:db8:12::/48'],
	['2001:db8::/64', '2001:db8::/48'],
	['::/64', '::/48'],
	['', '']
] as const)('%s is roughly %s', ([prefix, approximate]) => {
	expect(approximatePrefix(prefix)).toBe(approximate);
});

test('of a long name the beginning is kept, whole characters', () => {
	const client = { prefix: '203.0.113.77', isShared: false, userAgent: '😀'.repeat(300) };
	expect(describePeer(client)).toEqual({ user_agent: '😀'.repeat(255), address_prefix: '203.0.113.0/24' });
});
