import { describe, expect, test } from 'vitest';
import { readNextPath } from './next-path.ts';

function nextOf(next: string, origin = 'https://id.example.org'): string {
	const url = new URL('/login', origin);
	url.searchParams.set('next', next);
	return readNextPath(url);
}

describe('a path of this site is kept', () => {
	test.for([
		['/account', '/account'],
		['/', '/'],
		['/account?tab=names&x=1#top', '/account?tab=names&x=1#top'],
		['/a//b', '/a//b'],
		['/a/../account', '/account'],
		['/account?next=https://evil.example', '/account?next=https://evil.example'],
		['/naïve page', '/na%C3%AFve%20page'],
		['/@evil.example', '/@evil.example'],
		['/%2F%2Fevil.example', '/%2F%2Fevil.example']
	])('%s', ([next = '', kept]) => {
		expect(nextOf(next)).toBe(kept);
	});
});

describe('anything else leads to the account', () => {
	test.for([
		[''],
		['account'],
		['https://evil.example/'],
		['https:evil.example'],
		['https:/evil.example'],
		['//evil.example'],
		['///evil.example'],
		['/\\evil.example'],
		['\\\\evil.example'],
		['/\t/evil.example'],
		['/\n/evil.example'],
		['/\r\n/evil.example'],
		['\t//evil.example'],
		[' //evil.example'],
		[' /account'],
		['/.//evil.example'],
		['/..//evil.example'],
		['/a/..//evil.example'],
		['/%2e//evil.example'],
		['/a\\..\\\\evil.example'],
		['/account\0'],
		['javascript:alert(1)'],
		['data:text/html,x'],
		['?next=/account'],
		['#top'],
		['@evil.example'],
		['https://id.example.org@evil.example/'],
		['https://id.example.org/account']
	])('%j', ([next = '']) => {
		expect(nextOf(next)).toBe('/account');
	});
});

test('without the parameter it is the account, or the page that the caller names', () => {
	expect(readNextPath(new URL('https://id.example.org/login'))).toBe('/account');
	expect(readNextPath(new URL('https://id.example.org/login'), '/')).toBe('/');
});
