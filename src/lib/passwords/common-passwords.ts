import { dictionary } from '@zxcvbn-ts/language-common';

/** Every accepted password has at least this length, so shorter ones need not be listed. */
const shortestAllowed = 8;

let common: Set<string> | undefined;

/** Whether a lower-cased password is in the list of `@zxcvbn-ts/language-common` (MIT). */
export function isCommonPassword(password: string): boolean {
	common ??= new Set(dictionary['passwords-common'].filter(({ length }) => length >= shortestAllowed));
	return common.has(password);
}
