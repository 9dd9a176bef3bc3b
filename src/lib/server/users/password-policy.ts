import type { FieldErrorCode } from '../outcome.ts';
import { isCommonPassword } from './common-passwords.ts';

/**
 * What a new password must not be (NIST SP 800-63B-4 §3.1.1.2): one of the common ones, the e-mail, the name.
 *
 * @returns the code of the rule that is broken
 */
export function findPasswordFault(
	password: string,
	{ email = '', first_name = '', last_name = '' }: { email?: string; first_name?: string; last_name?: string }
): Extract<FieldErrorCode, 'common' | 'personal'> | undefined {
	const plain = foldCase(password);
	const personal = [
		email,
		email.slice(0, email.lastIndexOf('@')),
		first_name,
		last_name,
		first_name + last_name,
		`${first_name} ${last_name}`
	];
	if (personal.some((word) => foldCase(word) === plain)) return 'personal';
	return isCommonPassword(plain) ? 'common' : undefined;
}

function foldCase(text: string): string {
	return text.normalize('NFC').toLowerCase();
}
