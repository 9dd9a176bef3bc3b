/** The name of a language in itself, as it stands alone: "Deutsch", "Français". */
export function languageName(language: string): string {
	const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
	// Within a sentence, many languages write it with a small initial.
	return name.replace(/^./u, (initial) => initial.toLocaleUpperCase(language));
}
