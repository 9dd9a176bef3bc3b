/**
 * Whether a browser sent the request on behalf of another site. Browsers say so in `Sec-Fetch-Site`, older ones in
 * `Origin`. A program sends neither, and has no cookies to misuse. Host and port must match, but not the scheme, which
 * may differ behind a proxy that ends TLS (OWASP CSRF Prevention Cheat Sheet, "Verifying Origin").
 *
 * @param host the `Host` of the request
 */
export function isCrossSite(headers: Headers, host: string): boolean {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site !== 'same-origin' && site !== 'none';
	const origin = headers.get('origin');
	if (origin === null) return false;
	if (!URL.canParse(origin)) return true;
	const { protocol, host: originHost } = new URL(origin);
	const isWeb = protocol === 'http:' || protocol === 'https:';
	// Parsed with the same scheme, so that an omitted default port equals an explicit one.
	const ownHost = URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).host : undefined;
	return !isWeb || originHost !== ownHost;
}
