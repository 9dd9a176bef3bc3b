import { type CookieCarrier, cookieAttributes, cookieName } from './session-cookie.ts';

/** The cookie by which a browser that has logged in before is known; it outlives the session and logs nobody in. */
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
