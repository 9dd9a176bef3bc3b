/** The page to return to after logging in. */
export function readNextPath(url: URL, fallback = '/account'): string {
	return readOwnPath(url.searchParams.get('next'), url, fallback);
}

/**
 * Where to lead somebody: only a path of this site, since what names it may come from anywhere (OWASP ASVS 5.0, 3.7.2).
 *
 * @param url the request's
 */
export function readOwnPath(path: unknown, url: URL, fallback: string): string {
	// `//host` and `/\host` are addresses of other hosts to a browser; it also drops tabs and line ends first.
	if (typeof path !== 'string' || !path.startsWith('/') || /^\/[/\\]|[\p{Cc}\\]/u.test(path)) return fallback;
	const target = URL.canParse(path, url) ? new URL(path, url) : undefined;
	if (target?.origin !== url.origin || target.pathname.startsWith('//')) return fallback;
	return target.pathname + target.search + target.hash;
}
