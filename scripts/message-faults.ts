export type Messages = Record<string, unknown>;

/** The width of `outbox.locale`. */
const maxLanguageLength = 8;

/**
 * Checks the messages of all languages. Returns one line for each message that is missing, superfluous or empty, or whose
 * placeholders differ from those of the first language, and for each language whose name the database cannot hold.
 *
 * @param languages by name; the others are compared with the first
 */
export function findMessageFaults(languages: Record<string, Messages>): string[] {
	const [[base = '', baseMessages = {}] = [], ...others] = Object.entries(languages);
	return [
		...Object.keys(languages)
			.filter((language) => language.length > maxLanguageLength)
			.map((language) => `${language}: the name of a language has at most ${maxLanguageLength} characters`),
		...findEmpty(base, baseMessages),
		...others.flatMap(([language, messages]) => [
			...keysOf(baseMessages)
				.filter((key) => !Object.hasOwn(messages, key))
				.map((key) => `${language}: ${key} is missing`),
			...findEmpty(language, messages),
			...keysOf(messages).flatMap((key) => {
				if (!Object.hasOwn(baseMessages, key))
					return [`${language}: ${key} is superfluous, ${base} has none`];
				const [wanted, found] = [listPlaceholders(baseMessages[key]), listPlaceholders(messages[key])];
				return wanted === found
					? []
					: [`${language}: ${key} has ${found || 'no placeholder'}, ${base} has ${wanted || 'none'}`];
			})
		])
	];
}

function findEmpty(language: string, messages: Messages): string[] {
	return keysOf(messages)
		.filter((key) => {
			const texts = textsOf(messages[key]);
			return texts.length === 0 || texts.some((text) => text.trim() === '');
		})
		.map((key) => `${language}: ${key} is empty`);
}

function keysOf(messages: Messages): string[] {
	return Object.keys(messages).filter((key) => key !== '$schema');
}

function listPlaceholders(message: unknown): string {
	const found = textsOf(message).flatMap((text) => text.match(/\{[^{}]*\}/g) ?? []);
	return [...new Set(found)].toSorted().join(', ');
}

/** A message is a text, or a list of variants with one text for each case. */
function textsOf(message: unknown): string[] {
	if (typeof message === 'string') return [message];
	if (!Array.isArray(message)) return [];
	return message.flatMap((variant: { match?: Record<string, string> }) => Object.values(variant.match ?? {}));
}
