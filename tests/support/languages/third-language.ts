import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A language for tests: English in Hebrew characters. A text with a Latin character is therefore no message of it. The name is
 * that of a real language with a region, written from right to left, so that `Intl` has its dates, numbers and direction.
 */
export const thirdLanguage = 'he-IL';

const alphabet = [...'אבגדהוזחטיכלמנסעפצקרשתםןףץ'];
const english = readFileSync(path.resolve(import.meta.dirname, '../../../messages/en.json'), 'utf8');

/** The messages of the language by their keys. */
export const thirdMessages = transliterate(JSON.parse(english)) as Record<string, string>;

/** The code of every problem. */
export const refusalCodes = Object.keys(thirdMessages).flatMap(
	(key) => /^refusal_(\w+)_title$/.exec(key)?.[1] ?? []
);

/** Leaves the names of placeholders as they are, and the keys, among them the conditions of variants. */
function transliterate(message: unknown): unknown {
	if (Array.isArray(message)) {
		return message.map((variant: { match: object }) => ({ ...variant, match: transliterate(variant.match) }));
	}
	if (typeof message === 'object' && message !== null) {
		return Object.fromEntries(
			Object.entries(message).map(([key, value]) => [key, key === '$schema' ? value : transliterate(value)])
		);
	}
	return String(message).replaceAll(/\{[^{}]*\}|[a-z]/gi, (found) =>
		found.startsWith('{') ? found : (alphabet[found.toLowerCase().charCodeAt(0) - 97] ?? found)
	);
}
