/** The directives that name where browsers report violations of a page's policy. */
export const reportDirectives = 'report-uri /reports; report-to csp';

/** The headers of every page besides its Content-Security-Policy (OWASP ASVS 5.0, 3.4). */
export const pageHeaders = {
	'content-type': 'text/html; charset=utf-8',
	'reporting-endpoints': 'csp="/reports"',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()'
};

/** The headers of every response, static files and early refusals too. */
export function commonHeaders(requestId: string, isHttps: boolean): Record<string, string> {
	return {
		'x-request-id': requestId,
		'x-content-type-options': 'nosniff',
		// Anything but a page needs no resources (ASVS 5.0, 3.4.3 and 3.4.6). Pages have a policy of their own.
		'content-security-policy':
			"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		'cross-origin-resource-policy': 'same-origin',
		...(isHttps ? { 'strict-transport-security': 'max-age=63072000' } : {})
	};
}

/**
 * Makes a browser delete what scripts stored when the user logs out (ASVS 5.0, 14.3.1). The cache is left out,
 * because pages about a person are never cached. Browsers heed it over HTTPS only.
 */
export function leavingHeaders({ protocol }: URL): Record<string, string> {
	return protocol === 'https:' ? { 'clear-site-data': '"storage"' } : {};
}
