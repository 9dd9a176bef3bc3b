import { isCommonPassword } from './common-passwords.ts';
import { listPersonalWords, type Person, removePersonalWords } from './personal-words.ts';

export type PasswordFault = { code: 'common' } | { code: 'personal'; word: string };

/**
 * What a new password must not be (NIST SP 800-63B-4 §3.1.1.2): one of the common ones, or little more than what others
 * know. Personal words do not count: what is left without them must by itself be long enough, more than digits and
 * signs, and not common.
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

/** Without what joins words: `ann-password` is `password` beside a name. */
function trimJoints(text: string): string {
	return text.replaceAll(/^[\s._-]+|[\s._-]+$/g, '');
}
