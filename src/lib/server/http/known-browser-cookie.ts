import { type CookieCarrier, cookieAttributes, cookieName } from './session-cookie.ts';

/**
 * Reads the cookie that identifies a browser that has logged in before. It outlasts the session and is not a
 * credential.
 */
export function readKnownBrowser({ cookies, url }: CookieCarrier): string | undefined {
	return cookies.get(cookieName('known-browser', url)) || undefined;
}

export function writeKnownBrowser(
	{ cookies, url }: CookieCarrier,
	cookie: string,
	maxAgeSeconds: number
): void {
	cookies.set(cookieName('known-browser', url), cookie, { ...cookieAttributes(url), maxAge: maxAgeSeconds });
}
