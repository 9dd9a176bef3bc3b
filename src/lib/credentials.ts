import punycode from 'punycode/punycode.js';
import * as v from 'valibot';

/** Lengths in characters (code points). */
export const limits = {
	emailMax: 254,
	passwordMax: 256,
	nameMax: 100
} as const;

const codePoints = (text: string) => [...text].length;
const utf8 = new TextEncoder();

// One `@`; on both sides characters of any script but spaces, controls and what separates addresses (RFC 6531 §3.3);
// the domain in labels without a dot at either end.
const emailPattern =
	/^[^\s\p{C}@",:;<>()[\]\\]+@(?:localhost|[^\s\p{C}@",:;<>()[\]\\.]+(?:\.[^\s\p{C}@",:;<>()[\]\\.]+)+)$/u;
const hasDotsInPlace = (email: string) => !/^\.|\.\.|\.@/.test(email);

/** A check together with the JSON Schema keywords that say the same: the description of the API takes them from here. */
const check = (holds: (value: string) => boolean, code: string, keywords: Record<string, unknown>) =>
	Object.assign(v.check(holds, code), { keywords });
const atMost = (max: number) => check((value) => codePoints(value) <= max, 'too_long', { maxLength: max });
const atLeast = (min: number) => check((value) => codePoints(value) >= min, 'too_short', { minLength: min });

const text = v.pipe(v.string('wrong_type'));
const controlCharacter = /\p{Cc}/u;

/** NFC and lower case; lower-casing can take letters apart again: `İ` becomes two characters. */
const fold = (text: string) => text.normalize('NFC').toLowerCase().normalize('NFC');

/** What RFC 3490 §3.1 takes for a dot between the labels of a domain. */
const dots = /[.\u3002\uff0e\uff61]/;

/** Browsers send the domain of an e-mail field as `xn--…`, programs in its own script: it is one address. */
function decodeDomain(email: string): string {
	const [name, domain, ...more] = email.split('@');
	if (domain === undefined || more.length > 0) return email;
	return `${name}@${domain.split(dots).map(decodeLabel).join('.')}`;
}

/** A label whose letters would read as yet another one, such as an encoded `xn--…`, stays as it is. */
function decodeLabel(label: string): string {
	try {
		const decoded = fold(punycode.toUnicode(label));
		return punycode.toUnicode(decoded) === decoded ? decoded : label;
	} catch {
		return label;
	}
}

const normalizedAddress = v.pipe(
	text,
	v.trim(),
	v.transform(fold),
	v.transform(decodeDomain),
	v.nonEmpty('required')
);

/** The address as it is stored and looked up: trimmed, NFC, lower-cased whole, its domain in its own script. */
export const email = v.pipe(
	normalizedAddress,
	atMost(limits.emailMax),
	v.check((value) => utf8.encode(value).length <= limits.emailMax, 'too_long'),
	check((value) => emailPattern.test(value) && hasDotsInPlace(value), 'invalid', { format: 'idn-email' })
);

/** What was typed into the log-in form: looked up as it is, so a slip is answered like any unknown address. */
export const loginName = v.pipe(normalizedAddress, atMost(limits.emailMax));

/** A password to check: never trimmed, never cut; NFC so that the same keys give the same bytes on every device. */
export const password = v.pipe(text, v.normalize('NFC'), v.nonEmpty('required'), atMost(limits.passwordMax));

/** A password to set. */
export function newPassword(minLength: number) {
	return v.pipe(password, atLeast(minLength));
}

export const personName = v.pipe(
	text,
	v.trim(),
	v.nonEmpty('required'),
	atMost(limits.nameMax),
	v.check((value) => !controlCharacter.test(value), 'control_characters')
);
