import { dictionary } from '@zxcvbn-ts/language-common';

/** No password of this length or more is refused for its length alone, so shorter ones need not be listed. */
const shortestAllowed = 8;

let common: Set<string> | undefined;

/** Whether a lower-cased password is among the common ones that `@zxcvbn-ts/language-common` (MIT) lists. */
export function isCommonPassword(password: string): boolean {
	common ??= new Set(dictionary['passwords-common'].filter(({ length }) => length >= shortestAllowed));
	return common.has(password);
}
