import { AsyncLocalStorage } from 'node:async_hooks';
import { baseLocale, type Locale, locales, overwriteGetLocale, toLocale } from '#lib/paraglide/runtime.js';
import { dayMs, secondMs } from '../durations.ts';
import { type CookieCarrier, cookieAttributes, cookieName } from './session-cookie.ts';

export type Language = Locale;

/** Longer lists are ignored. */
const maxAcceptLength = 1_000;
const oneYearSeconds = (365 * dayMs) / secondMs;

/**
 * A member of `Accept-Language`: a range (RFC 4647 §2.1) and its quality (RFC 9110 §12.4.2). Some programs send the names of
 * POSIX, such as `de_DE`.
 */
const member = /^\s*(\*|[a-z]{1,8}(?:[-_][a-z\d]{1,8})*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

const spoken = new AsyncLocalStorage<Language>();
// Texts are written in many places, none of which should have to know the request.
overwriteGetLocale(() => spoken.getStore() ?? baseLocale);

/** Runs an act in a language, which applies to all texts written in the act and in everything that it awaits. */
export function inLanguage<Result>(language: Language, act: () => Result): Result {
	return spoken.run(language, act);
}

/** The language that the user has chosen, or the one that the browser prefers, or English. */
export function chooseLanguage(
	{
		cookie,
		acceptLanguage
	}: { cookie: string | null | undefined; acceptLanguage: string | null | undefined },
	isHttps: boolean
): Language {
	return (
		(cookie ? readLanguage(cookie, isHttps) : undefined) ??
		(acceptLanguage ? lookUpAccepted(acceptLanguage) : undefined) ??
		baseLocale
	);
}

export function isLanguage(value: unknown): value is Language {
	return locales.some((language) => language === value);
}

/** Sets the cookie so that scripts cannot read it, because none needs to. */
export function writeLanguage({ cookies, url }: CookieCarrier, language: Language): void {
	cookies.set(cookieName('language', url), language, { ...cookieAttributes(url), maxAge: oneYearSeconds });
}

/** Reads the raw header, because the process refuses requests that Kit never sees. */
function readLanguage(cookies: string, isHttps: boolean): Language | undefined {
	const wanted = cookieName('language', { protocol: isHttps ? 'https:' : 'http:' });
	const found = cookies.split(';').find((pair) => pair.split('=', 1)[0]?.trim() === wanted);
	const value = found?.slice(found.indexOf('=') + 1).trim();
	return isLanguage(value) ? value : undefined;
}

/** Lookup (RFC 4647 §3.4) by quality (RFC 9110 §12.5.4). Malformed members do not count. */
function lookUpAccepted(list: string): Language | undefined {
	if (list.length > maxAcceptLength) return undefined;
	const ranges = list.split(',').flatMap((text) => {
		const [, range, quality = '1'] = member.exec(text) ?? [];
		return range ? [{ range: range.toLowerCase().replaceAll('_', '-'), quality: Number(quality) }] : [];
	});
	const unwanted = ranges.filter(({ quality }) => quality === 0).map(({ range }) => toLocale(range));
	const candidates = locales.filter((language) => !unwanted.includes(language));
	return ranges
		.filter(({ quality }) => quality > 0)
		.toSorted((one, other) => other.quality - one.quality)
		.map(({ range }) => (range === '*' ? candidates[0] : lookUp(range, candidates)))
		.find((language) => language !== undefined);
}

/**
 * Shortens the range from its end until it names a supported language: `de-AT` becomes `de`. A range also names the languages
 * that it is the beginning of (RFC 4647 §3.3.1): `pt-PT` finds `pt-BR` where there is no other Portuguese.
 */
function lookUp(range: string, candidates: readonly Language[]): Language | undefined {
	const found =
		candidates.find((language) => language.toLowerCase() === range) ??
		candidates.find((language) => language.toLowerCase().startsWith(`${range}-`));
	const end = range.lastIndexOf('-');
	return found ?? (end < 0 ? undefined : lookUp(range.slice(0, end), candidates));
}
