import fc from 'fast-check';
import punycode from 'punycode/punycode.js';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { anyText, mixOf } from '../../tests/support/fuzz/properties.ts';
import { email, limits, loginName, newPassword, password, personName } from './credentials.ts';

type Schema = v.GenericSchema<unknown, string>;

const codePoints = (text: string) => [...text].length;
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** @returns the text that is stored for a value; undefined if the value is refused */
function read(schema: Schema, value: unknown): string | undefined {
	const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
	return parsed.success ? parsed.output : undefined;
}

/** Characters that lower-casing, NFC or punycode decompose, join or replace. */
const delicate = [
	...['\u0130', '\u212a', '\u212b', '\u03a3', '\u1e9e', '\u00df', '\ufb01', '\u1f88', '\u0344', '\u0958'],
	...['e\u0301', '\u0307', '\u0345', '\u037e', '\u2000', '\u3002', '\uff0e', '\uff61', '\uff21', '\u{1d160}'],
	...[
		'xn--',
		'XN--',
		'xn--bcher-kva',
		'xn--abc-',
		'-',
		'.',
		'@',
		'a',
		'Z',
		' ',
		'\t',
		'\u00a0',
		'\u200b',
		'\ud83e'
	]
];
const name = fc.oneof(
	fc.string({ unit: fc.constantFrom(...'abyzABYZ09.+_-éÉßñß漢'), minLength: 1, maxLength: 12 }),
	mixOf(delicate, 6)
);
const encodedLabel = mixOf(delicate, 4).map((text) => `xn--${punycode.encode(text)}`);
const label = fc.oneof({ weight: 2, arbitrary: name }, encodedLabel, fc.constantFrom('example', 'org'));
const address = fc
	.tuple(name, fc.array(label, { minLength: 1, maxLength: 3 }))
	.map(([local, labels]) => `${local}@${labels.join('.')}`);
const anyAddress = fc.oneof({ weight: 4, arbitrary: address }, mixOf(delicate), anyText(300));

/** Every value that JSON can contain, and others. */
const anyValue = fc.oneof(fc.jsonValue(), fc.anything());

describe('any typed email address', () => {
	test('is stored in a form that parses to itself, as a login name too', () => {
		fc.assert(
			fc.property(anyAddress, (typed) => {
				const stored = read(email, typed);
				if (stored === undefined) return;
				expect(read(email, stored)).toBe(stored);
				expect(read(loginName, stored)).toBe(stored);
				expect(read(loginName, typed)).toBe(stored);
			})
		);
	});

	test('is stored within the limits, in NFC, in lower case, with one @ and no blanks', () => {
		fc.assert(
			fc.property(anyAddress, (typed) => {
				const stored = read(email, typed);
				if (stored === undefined) return;
				expect(codePoints(stored)).toBeLessThanOrEqual(limits.emailMax);
				expect(bytes(stored)).toBeLessThanOrEqual(limits.emailMax);
				expect(stored).toBe(stored.normalize('NFC'));
				expect(stored).toBe(stored.toLowerCase());
				expect(stored).toMatch(/^[^@\s\p{C}]+@[^@\s\p{C}]+$/u);
				expect(stored.isWellFormed()).toBe(true);
			})
		);
	});

	test('is the same in capital letters, decomposed and between blanks', () => {
		const plain = fc.string({ unit: fc.constantFrom(...'abyz09éüñōйї'), minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(plain, plain, (local, domain) => {
				const typed = `${local}@${domain}.example`;
				const stored = read(email, typed);
				expect(stored).toBe(typed);
				expect(read(email, typed.toUpperCase())).toBe(stored);
				expect(read(email, ` \t${typed.normalize('NFD')}\r\n`)).toBe(stored);
				expect(read(email, punycode.toASCII(typed))).toBe(stored);
			})
		);
	});
});

describe('any typed password', () => {
	const eight = newPassword(8);
	const typed = fc.oneof(anyText(20), anyText(300), fc.string({ unit: fc.constantFrom(...delicate) }));

	test('is stored in NFC and within the limits, and read the same way when it is checked', () => {
		fc.assert(
			fc.property(typed, (text) => {
				const nfc = text.normalize('NFC');
				const length = codePoints(nfc);
				expect(read(eight, text)).toBe(length >= 8 && length <= limits.passwordMax ? nfc : undefined);
				expect(read(password, text)).toBe(length >= 1 && length <= limits.passwordMax ? nfc : undefined);
			})
		);
	});
});

describe('any typed name', () => {
	test('is trimmed, within the limits and without control characters, and parses to itself', () => {
		fc.assert(
			fc.property(fc.oneof(anyText(), anyText(130)), (text) => {
				const stored = read(personName, text);
				const trimmed = text.trim();
				const isValid = trimmed !== '' && codePoints(trimmed) <= limits.nameMax && !/\p{Cc}/u.test(trimmed);
				expect(stored).toBe(isValid ? trimmed : undefined);
				if (stored !== undefined) expect(read(personName, stored)).toBe(stored);
			})
		);
	});
});

test('no value of any type makes a field throw', () => {
	fc.assert(
		fc.property(fc.oneof(anyValue, anyText(600)), (value) => {
			for (const schema of [email, loginName, password, newPassword(8), personName]) {
				expect(['string', 'undefined']).toContain(typeof read(schema, value));
			}
		})
	);
});
