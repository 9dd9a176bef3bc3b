/** The value of `dir` for texts in a language, by the script in which it is usually written. */
export function textDirection(language: string): 'ltr' | 'rtl' {
	return new Intl.Locale(language).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}

/** The attributes of `<html>` for a document in a language. */
export function languageAttributes(language: string): string {
	return `lang="${language}" dir="${textDirection(language)}"`;
}
