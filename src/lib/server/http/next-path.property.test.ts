import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText, mixOf } from '../../../../tests/support/fuzz/properties.ts';
import { readNextPath } from './next-path.ts';

const origins = ['https://id.example.org', 'http://localhost:3000', 'https://[::1]:8443'];

const pieces = [
	...[
		'/',
		'//',
		'\\',
		'/\\',
		'\\/',
		'.',
		'..',
		'./',
		'../',
		'.//',
		'..//',
		'%2e//',
		'?',
		'#',
		'@',
		':',
		':443',
		'&',
		'=',
		' '
	],
	...['\t', '\n', '\r', '\r\n', '\0', '\u2028', '\u00a0', '\ufeff', '\u3002', '\uff0f', '\u2215', '\u202e'],
	...['%2f', '%2F%2f', '%5c', '%2e', '%2e%2e', '%09', '%0a', '%00', '%25', '%', '\ud800'],
	...['http:', 'https:', 'HTTPS:', 'javascript:', 'data:', 'blob:', 'file:', 'https://id.example.org'],
	...['evil.example', 'user:pass@evil.example', '[::1]', '2130706433', 'xn--', 'account', 'é']
];
const anyNext = fc.oneof(
	{ weight: 4, arbitrary: mixOf(pieces) },
	{ weight: 4, arbitrary: mixOf(pieces).map((text) => `/${text}`) },
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	anyText(200)
);

/** @returns where a redirect to `location` takes a browser that is at `page` */
const follow = (location: string, page: URL) => new URL(location, page);

test('the browser stays on this site for any value of ?next=', () => {
	fc.assert(
		fc.property(fc.constantFrom(...origins), anyNext, (origin, next) => {
			const page = new URL('/login', origin);
			page.searchParams.set('next', next);
			const path = readNextPath(page);
			expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
			expect(path).not.toContain('\\');
			const target = follow(path, page);
			expect(target.origin).toBe(origin);
			expect(target.username + target.password).toBe('');
			expect(target.pathname + target.search + target.hash).toBe(path);
			// The path may be passed on again, as a link on the next page.
			page.searchParams.set('next', path);
			expect(readNextPath(page)).toBe(path);
		})
	);
});

test('the browser stays on this site for any query, encoded or not', () => {
	fc.assert(
		fc.property(fc.constantFrom(...origins), mixOf([...pieces, 'next=', '&next=']), (origin, query) => {
			const page = new URL(`/login?next=${query}`, origin);
			expect(follow(readNextPath(page), page).origin).toBe(origin);
			expect(readNextPath(page)).toMatch(/^\/(?![/\\])/);
		})
	);
});

test('a path of this site is kept', () => {
	const segment = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_~!$&()*+,;=:@'), minLength: 1 });
	fc.assert(
		fc.property(fc.array(segment, { maxLength: 5 }), segment, (segments, query) => {
			const path = `/${segments.join('/')}?${query}#top`;
			const page = new URL('/login', origins[0]);
			page.searchParams.set('next', path);
			expect(readNextPath(page)).toBe(path);
		})
	);
});
