import { thirdLanguage } from './third-language.ts';

/** What is the same in every language: the name of the service, data of users, addresses, and the time zone. */
const untranslated =
	/https?:\/\/[^\s)<]+|[^\s@(]+@[^\s@)]+|\bUser Management\b|\bAda\b|\bLovelace\b|\bUTC\b/g;
/** The attributes that people read or hear. */
const readAttributes =
	/\s(?:title|alt|placeholder|label|aria-(?:label|description|valuetext|roledescription))="([^"]*)"/g;

/** What programs read and write, in the description of the API: values, media types, types, names of fields. */
export const apiIdentifiers =
	/“\w+”|\bapplication\/[\w.+-]+|\b(?:string|integer|number|boolean|object|array|uuid|date-time|email|username)\b/g;

/** A text in which Latin characters are left, which only those of another language have. */
export function findLatin(text: string): string[] {
	return /\p{Script=Latin}/u.test(text.replaceAll(untranslated, '')) ? [text.trim()] : [];
}

/** The texts of a page or an email that are not in the third language, although nothing marks them as code or as another one. */
export function findLatinInHtml(html: string): string[] {
	const shown = html
		.replaceAll(/<!--.*?-->/gs, '')
		.replaceAll(/<(script|style|code|pre|bdi)\b[^>]*>.*?<\/\1>/gs, ' ')
		.replaceAll(/<(?!html\b)(\w+)\b[^>]*\slang="([^"]*)"[^>]*>.*?<\/\1>/gs, (element, _name, language) =>
			language === thirdLanguage ? (element as string) : ' '
		);
	const attributes = [...shown.matchAll(readAttributes)].map(([, value = '']) => value);
	return [...shown.split(/<[^>]*>/), ...attributes].flatMap((text) => findLatin(decode(text)));
}

/** The sentences of a problem document that are not. */
export function findLatinInProblem({ title, detail, errors = [] }: Record<string, unknown>): string[] {
	const details = (errors as { detail: string }[]).map((error) => error.detail);
	return [title, detail, ...details].flatMap((sentence) => findLatin(String(sentence)));
}

function decode(text: string): string {
	const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
	return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '');
}
