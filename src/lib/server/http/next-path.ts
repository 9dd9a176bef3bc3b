/** The page to return to after logging in. */
export function readNextPath(url: URL, fallback = '/account'): string {
	return readOwnPath(url.searchParams.get('next'), url, fallback);
}

/**
 * A path to continue at, restricted to this site, because the parameter may come from anywhere (OWASP ASVS 5.0, 3.7.2).
 *
 * @param url the URL of the request
 */
export function readOwnPath(path: unknown, url: URL, fallback: string): string {
	// Browsers read `//host` and `/\host` as other hosts, and first remove tabs and line ends.
	if (typeof path !== 'string' || !path.startsWith('/') || /^\/[/\\]|[\p{Cc}\\]/u.test(path)) return fallback;
	const target = URL.canParse(path, url) ? new URL(path, url) : undefined;
	if (target?.origin !== url.origin || target.pathname.startsWith('//')) return fallback;
	return target.pathname + target.search + target.hash;
}
