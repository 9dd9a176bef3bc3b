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

// One `@`. On both sides characters of any script except spaces, controls and separators (RFC 6531 §3.3); no label of
// the domain starts or ends with a dot.
const emailPattern =
	/^[^\s\p{C}@",:;<>()[\]\\]+@(?:localhost|[^\s\p{C}@",:;<>()[\]\\.]+(?:\.[^\s\p{C}@",:;<>()[\]\\.]+)+)$/u;
const hasDotsInPlace = (email: string) => !/^\.|\.\.|\.@/.test(email);

/** A check with the JSON Schema keywords that mean the same, for the description of the API. */
const check = (holds: (value: string) => boolean, code: string, keywords: Record<string, unknown>) =>
	Object.assign(v.check(holds, code), { keywords });
const atMost = (max: number) => check((value) => codePoints(value) <= max, 'too_long', { maxLength: max });
const atLeast = (min: number) => check((value) => codePoints(value) >= min, 'too_short', { minLength: min });

const text = v.pipe(v.string('wrong_type'));
const controlCharacter = /\p{Cc}/u;

/** NFC and lower case. Lower-casing can decompose a character again: `İ` becomes two. */
const fold = (text: string) => text.normalize('NFC').toLowerCase().normalize('NFC');

/** The separators between the labels of a domain (RFC 3490 §3.1). */
const dots = /[.\u3002\uff0e\uff61]/;

/** Browsers send the domain of an email field as `xn--…`, programs in its own script: both are the same address. */
function decodeDomain(email: string): string {
	const [name, domain, ...more] = email.split('@');
	if (domain === undefined || more.length > 0) return email;
	return `${name}@${domain.split(dots).map(decodeLabel).join('.')}`;
}

/** A label that would decode to yet another encoded label, such as an encoded `xn--…`, stays unchanged. */
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

/** The address as it is stored and looked up: trimmed, NFC, lower-cased, its domain in its own script. */
export const email = v.pipe(
	normalizedAddress,
	atMost(limits.emailMax),
	v.check((value) => utf8.encode(value).length <= limits.emailMax, 'too_long'),
	check((value) => emailPattern.test(value) && hasDotsInPlace(value), 'invalid', { format: 'idn-email' })
);

/** The address of a login form. It is looked up unchecked, so a typing error is answered like any unknown address. */
export const loginName = v.pipe(normalizedAddress, atMost(limits.emailMax));

/** A password to verify: never trimmed or cut; NFC, so that the same keys give the same bytes on every device. */
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
