/**
 * Masks every email address in a text, also within URLs: only the first character and the domain remain. Anyone may
 * have written the text, so the time grows only linearly with its length.
 */
export function maskEmails(text: string): string {
	return text.replaceAll(/[^\s'"`<>(),;:/]+/gu, (word) => {
		const at = Math.max(word.lastIndexOf('@'), word.lastIndexOf('%40'));
		return at > 0 ? `${String.fromCodePoint(word.codePointAt(0) ?? 0)}***${word.slice(at)}` : word;
	});
}
