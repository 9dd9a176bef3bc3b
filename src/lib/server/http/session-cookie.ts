import type { Cookies } from '@sveltejs/kit';

export interface CookieCarrier {
	cookies: Cookies;
	url: URL;
}

/** The prefix makes browsers refuse the cookie from another host or over plain HTTP (RFC 6265bis §4.1.3.2). */
export function cookieName(
	name: 'session' | 'known-browser' | 'language',
	{ protocol }: Pick<URL, 'protocol'>
): string {
	return protocol === 'https:' ? `__Host-${name}` : name;
}

export function readSessionToken({ cookies, url }: CookieCarrier): string | undefined {
	return cookies.get(cookieName('session', url)) || undefined;
}

export function writeSessionToken(
	{ cookies, url }: CookieCarrier,
	token: string,
	maxAgeSeconds: number
): void {
	cookies.set(cookieName('session', url), token, { ...cookieAttributes(url), maxAge: maxAgeSeconds });
}

export function clearSessionToken({ cookies, url }: CookieCarrier): void {
	cookies.delete(cookieName('session', url), cookieAttributes(url));
}

export function cookieAttributes(url: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
}
