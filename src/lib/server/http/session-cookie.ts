import type { Cookies } from '@sveltejs/kit';

interface Carrier {
	cookies: Cookies;
	url: URL;
}

/** The prefix makes browsers refuse the cookie from another host or over plain HTTP (RFC 6265bis §4.1.3.2). */
function cookieName(url: URL): string {
	return url.protocol === 'https:' ? '__Host-session' : 'session';
}

export function readSessionToken({ cookies, url }: Carrier): string | undefined {
	return cookies.get(cookieName(url)) || undefined;
}

export function writeSessionToken({ cookies, url }: Carrier, token: string, maxAgeSeconds: number): void {
	cookies.set(cookieName(url), token, { ...attributes(url), maxAge: maxAgeSeconds });
}

export function clearSessionToken({ cookies, url }: Carrier): void {
	cookies.delete(cookieName(url), attributes(url));
}

function attributes(url: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
}
