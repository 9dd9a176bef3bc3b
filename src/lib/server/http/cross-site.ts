/**
 * Whether a browser sent this on behalf of another site. Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`;
 * a program sends neither and has no cookies that could be misused. The scheme is not compared: behind a proxy that
 * ends TLS it may differ, the host and port must not (OWASP CSRF Prevention Cheat Sheet, "Verifying Origin").
 *
 * @param host the request's own `Host`
 */
export function isCrossSite(headers: Headers, host: string): boolean {
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site !== 'same-origin' && site !== 'none';
	const origin = headers.get('origin');
	if (origin === null) return false;
	if (!URL.canParse(origin)) return true;
	const { protocol, host: originHost } = new URL(origin);
	const isWeb = protocol === 'http:' || protocol === 'https:';
	// Parsed under the same scheme, so that a default port counts the same whether it is written out or not.
	const ownHost = URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).host : undefined;
	return !isWeb || originHost !== ownHost;
}
