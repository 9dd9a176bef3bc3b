import type { LoggedIn } from '../authentication/log-in.ts';
import { knownBrowserSeconds } from '../rate-limit/known-browser.ts';
import { sessionMaxAgeSeconds } from '../sessions/session.ts';
import { writeKnownBrowser } from './known-browser-cookie.ts';
import { type CookieCarrier, writeSessionToken } from './session-cookie.ts';

/** Writes the cookies of a browser that has been logged in. */
export function writeLogin(carrier: CookieCarrier, { token, knownBrowser }: LoggedIn): void {
	writeSessionToken(carrier, token, sessionMaxAgeSeconds);
	writeKnownBrowser(carrier, knownBrowser, knownBrowserSeconds);
}
