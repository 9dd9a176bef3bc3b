import { type CookieCarrier, cookieAttributes, cookieName } from './session-cookie.ts';

/** The cookie by which a browser that has logged in before is known; it outlives the session and logs nobody in. */
export function readDevice({ cookies, url }: CookieCarrier): string | undefined {
	return cookies.get(cookieName('device', url)) || undefined;
}

export function writeDevice({ cookies, url }: CookieCarrier, device: string, maxAgeSeconds: number): void {
	cookies.set(cookieName('device', url), device, { ...cookieAttributes(url), maxAge: maxAgeSeconds });
}
