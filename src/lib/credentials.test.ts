import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { email, limits, loginName, newPassword, password, personName } from './credentials.ts';

const longDomain = `${'d'.repeat(60)}.example.org`;

function judge(
	schema: v.GenericSchema<unknown, string>,
	value: unknown
): { output: string } | { refused: string } {
	const parsed = v.safeParse(schema, value, { abortPipeEarly: true });
	return parsed.success ? { output: parsed.output } : { refused: parsed.issues[0].message };
}

/** @returns an address with the given number of characters */
const addressOf = (length: number) => `${'a'.repeat(length - longDomain.length - 1)}@${longDomain}`;

describe('an email address', () => {
	test.for([
		['plain characters', 'ada@example.org', 'ada@example.org'],
		['capitals', 'Ada.Lovelace@EXAMPLE.Org', 'ada.lovelace@example.org'],
		['spaces around it', ' \t\u00a0ada@example.org\r\n', 'ada@example.org'],
		['localhost as its domain', 'root@LocalHost', 'root@localhost'],
		['a plus and an apostrophe', "o'brien+news@example.org", "o'brien+news@example.org"],
		[
			'all special characters of RFC 5322',
			"!#$%&'*+-/=?^_`{|}~@example.org",
			"!#$%&'*+-/=?^_`{|}~@example.org"
		],
		['another script', 'Пётр@Почта.рф', 'пётр@почта.рф'],
		['a decomposed letter', 'rene\u0301@example.org', 'ren\u00e9@example.org'],
		['a decomposed capital letter', 'RENE\u0301@example.org', 'ren\u00e9@example.org'],
		['the Kelvin sign', '\u212Aelvin@example.org', 'kelvin@example.org'],
		['a capital letter that lower-casing decomposes', '\u0130@example.org', 'i\u0307@example.org'],
		['an emoji', '🦄@example.org', '🦄@example.org'],
		['the greatest length', addressOf(254), addressOf(254)],
		['the greatest length after trimming', `  ${addressOf(254)}  `, addressOf(254)]
	])('with %s is accepted', ([, value, output]) => {
		expect(judge(email, value)).toEqual({ output });
		expect(judge(email, output), 'parsed again').toEqual({ output });
	});

	test.for([
		['nothing', '', 'required'],
		['spaces only', ' \t ', 'required'],
		['no @', 'ada.example.org', 'invalid'],
		['two @', 'ada@lovelace@example.org', 'invalid'],
		['a quoted @', '"ada@lovelace"@example.org', 'invalid'],
		['quotes', '"ada"@example.org', 'invalid'],
		['nothing before the @', '@example.org', 'invalid'],
		['nothing after the @', 'ada@', 'invalid'],
		['no dot in the domain', 'ada@example', 'invalid'],
		['a trailing dot', 'ada@example.org.', 'invalid'],
		['a dot before the @', 'ada.@example.org', 'invalid'],
		['a dot at the start', '.ada@example.org', 'invalid'],
		['two dots in a row', 'ada..lovelace@example.org', 'invalid'],
		['a domain that starts with a dot', 'ada@.example.org', 'invalid'],
		['two dots in the domain', 'ada@example..org', 'invalid'],
		['a space inside', 'ada love@example.org', 'invalid'],
		['a space in the domain', 'ada@exam ple.org', 'invalid'],
		['a no-break space inside', 'ada\u00a0love@example.org', 'invalid'],
		['a line end inside', 'ada@example.org\nbcc:eve@example.org', 'invalid'],
		['a tab inside', 'ada\tlove@example.org', 'invalid'],
		['a NUL', 'ada\0@example.org', 'invalid'],
		['a C1 control', 'ada\u0085@example.org', 'invalid'],
		['an invisible character', 'ada\u200b@example.org', 'invalid'],
		['a direction override', 'ada\u202e@example.org', 'invalid'],
		['half a surrogate pair', 'ada\ud800@example.org', 'invalid'],
		['a name and angle brackets', 'Ada <ada@example.org>', 'invalid'],
		['a list', 'ada@example.org,eve@example.org', 'invalid'],
		['255 characters', addressOf(255), 'too_long'],
		['254 characters but more bytes', addressOf(253).replace('a', 'éa'), 'too_long'],
		['a character that grows in lower case', `\u0130${addressOf(253)}`, 'too_long']
	])('with %s is refused', ([, value, refused]) => {
		expect(judge(email, value)).toEqual({ refused });
	});

	test.for([[42], [true], [['ada@example.org']], [{ $gt: '' }]])(
		'that is %j has the wrong type',
		([value]) => {
			expect(judge(email, value)).toEqual({ refused: 'wrong_type' });
		}
	);

	test.for([
		['ada@XN--Bcher-KVA.example', 'ada@bücher.example'],
		['ada@bücher.example', 'ada@bücher.example'],
		['ada@bücher。example', 'ada@bücher.example'],
		['ada@xn--fiq228c。xn--Bcher-KVA.example', 'ada@中文.bücher.example'],
		// Labels that are not punycode, or that a second reading would decode again, stay as they are.
		['ada@XN--xn---.xn--bcher-kva.example', 'ada@xn--xn---.bücher.example'],
		['ada@xn--ü.example', 'ada@xn--ü.example']
	] as const)('is stored with its domain in its own script: %s', ([sent, stored]) => {
		expect(v.parse(email, sent)).toBe(stored);
		expect(v.parse(loginName, sent)).toBe(stored);
	});

	test('with a second @ is not shortened to a valid one', () => {
		expect(v.safeParse(email, 'ada@example.org@xn--bcher-kva.example').success).toBe(false);
	});

	test('differs from one with another accent or with similar letters of another script', () => {
		const spellings = ['e@example.org', 'é@example.org', 'е@example.org'].map((value) => judge(email, value));
		expect(new Set(spellings.map((spelling) => JSON.stringify(spelling))).size).toBe(3);
	});

	test('has the same form at login as in the database', () => {
		for (const typed of [
			' ADA@Example.org ',
			'RENE\u0301@example.org',
			'\u0130@example.org',
			'\u212A@example.org'
		]) {
			expect(judge(loginName, typed)).toEqual(judge(email, typed));
		}
	});
});

describe('a password', () => {
	const eight = newPassword(8);
	test.for([
		['the minimum length', '12345678', '12345678'],
		['spaces only', ' '.repeat(8), ' '.repeat(8)],
		['spaces around it', ' secret words ', ' secret words '],
		['256 emoji', '🦄'.repeat(256), '🦄'.repeat(256)],
		['eight emoji', '🦄'.repeat(8), '🦄'.repeat(8)],
		['control characters', 'tab\tand\nline', 'tab\tand\nline'],
		['a decomposed letter', 'cafe\u0301 au lait', 'caf\u00e9 au lait']
	])('of %s is accepted', ([, value, output]) => {
		expect(judge(eight, value)).toEqual({ output });
	});

	test.for([
		['nothing', '', 'required'],
		['seven characters', '1234567', 'too_short'],
		['seven emoji, which are 14 UTF-16 units', '🦄'.repeat(7), 'too_short'],
		['eight code points that NFC makes seven', '123456e\u0301', 'too_short'],
		['257 characters', 'x'.repeat(257), 'too_long'],
		['257 emoji', '🦄'.repeat(257), 'too_long']
	])('of %s is refused', ([, value, refused]) => {
		expect(judge(eight, value)).toEqual({ refused });
	});

	test('has the minimum length that the operator sets', () => {
		expect(judge(newPassword(15), 'x'.repeat(14))).toEqual({ refused: 'too_short' });
		expect(judge(newPassword(15), 'x'.repeat(15))).toEqual({ output: 'x'.repeat(15) });
	});

	test('may be short when it is checked, because the rule may have changed since it was set', () => {
		expect(judge(password, 'x')).toEqual({ output: 'x' });
		expect(judge(password, 'x'.repeat(limits.passwordMax + 1))).toEqual({ refused: 'too_long' });
	});
});

describe('a name', () => {
	test.for([
		['Ada', 'Ada'],
		['  Augusta Ada  ', 'Augusta Ada'],
		['李', '李'],
		['<script>', '<script>'],
		['🦄'.repeat(100), '🦄'.repeat(100)]
	])('such as %s is accepted', ([value, output]) => {
		expect(judge(personName, value)).toEqual({ output });
	});

	test.for([
		['', 'required'],
		['   ', 'required'],
		['x'.repeat(101), 'too_long'],
		['Ada\nLovelace', 'control_characters'],
		['Ada\u0007', 'control_characters'],
		['Ada\u009f', 'control_characters']
	])('such as %j is refused', ([value, refused]) => {
		expect(judge(personName, value)).toEqual({ refused });
	});
});
