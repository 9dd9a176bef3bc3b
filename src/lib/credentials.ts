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

const text = v.pipe(v.string('wrong_type'));
const controlCharacter = /\p{Cc}/u;

/** The address as it is stored and looked up: trimmed, NFC, lower-cased whole. */
export const email = v.pipe(
	text,
	v.trim(),
	v.normalize('NFC'),
	v.toLowerCase(),
	// Lower-casing can take letters apart again: `İ` becomes two characters.
	v.normalize('NFC'),
	v.nonEmpty('required'),
	v.check(
		(value) => codePoints(value) <= limits.emailMax && utf8.encode(value).length <= limits.emailMax,
		'too_long'
	),
	v.check((value) => emailPattern.test(value) && hasDotsInPlace(value), 'invalid')
);

/** What was typed into the log-in form: looked up as it is, so a slip is answered like any unknown address. */
export const loginName = v.pipe(
	text,
	v.trim(),
	v.normalize('NFC'),
	v.toLowerCase(),
	v.normalize('NFC'),
	v.nonEmpty('required'),
	v.check((value) => codePoints(value) <= limits.emailMax, 'too_long')
);

/** A password to check: never trimmed, never cut; NFC so that the same keys give the same bytes on every device. */
export const password = v.pipe(
	text,
	v.normalize('NFC'),
	v.nonEmpty('required'),
	v.check((value) => codePoints(value) <= limits.passwordMax, 'too_long')
);

/** A password to set. */
export function newPassword(minLength: number) {
	return v.pipe(
		password,
		v.check((value) => codePoints(value) >= minLength, 'too_short')
	);
}

export const personName = v.pipe(
	text,
	v.trim(),
	v.nonEmpty('required'),
	v.check((value) => codePoints(value) <= limits.nameMax, 'too_long'),
	v.check((value) => !controlCharacter.test(value), 'control_characters')
);
