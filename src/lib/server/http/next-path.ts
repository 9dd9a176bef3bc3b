/**
 * The page to return to after logging in: only a path of this site, since the parameter may come from anywhere
 * (OWASP ASVS 5.0, 3.7.2).
 */
export function readNextPath(url: URL, fallback = '/account'): string {
	const next = url.searchParams.get('next');
	// `//host` and `/\host` are addresses of other hosts to a browser; it also drops tabs and line ends first.
	if (!next || !next.startsWith('/') || /^\/[/\\]|[\p{Cc}\\]/u.test(next)) return fallback;
	const target = URL.canParse(next, url) ? new URL(next, url) : undefined;
	if (target?.origin !== url.origin || target.pathname.startsWith('//')) return fallback;
	return target.pathname + target.search + target.hash;
}
