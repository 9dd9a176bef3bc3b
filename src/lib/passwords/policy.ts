import { isCommonPassword } from './common-passwords.ts';
import { listPersonalWords, type Person, removePersonalWords } from './personal-words.ts';

export type PasswordFault = { code: 'common' } | { code: 'personal'; word: string };

/**
 * The rules for a new password (NIST SP 800-63B-4 §3.1.1.2): it is not common, and it is more than what others know.
 * Personal words do not count: the rest must by itself be long enough, contain more than digits and signs, and not be
 * common.
 *
 * @returns the rule that is broken
 */
export function findPasswordFault(
	password: string,
	person: Person,
	{ appName, minLength }: { appName: string; minLength: number }
): PasswordFault | undefined {
	if (isCommonPassword(password.normalize('NFC').toLowerCase())) return { code: 'common' };
	const found = removePersonalWords(password, listPersonalWords(person, appName));
	if (!found) return undefined;
	const { word, rest } = found;
	const isEnough =
		[...rest].length >= minLength && /\p{L}/u.test(rest) && !isCommonPassword(trimJoints(rest));
	return isEnough ? undefined : { code: 'personal', word };
}

/** Without the characters that join words: `ann-password` is `password` beside a name. */
function trimJoints(text: string): string {
	return text.replaceAll(/^[\s._-]+|[\s._-]+$/g, '');
}
