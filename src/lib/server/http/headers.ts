/** The directives that tell browsers where to report violations of a page's policy. */
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

/** The headers of every response, including static files and early refusals. */
export function commonHeaders(requestId: string, isHttps: boolean): Record<string, string> {
	return {
		'x-request-id': requestId,
		'x-content-type-options': 'nosniff',
		// Only pages need resources (ASVS 5.0, 3.4.3 and 3.4.6), and they have a separate policy.
		'content-security-policy':
			"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		'cross-origin-resource-policy': 'same-origin',
		...(isHttps ? { 'strict-transport-security': 'max-age=63072000' } : {})
	};
}

/**
 * Makes the browser delete what scripts have stored when the user logs out (ASVS 5.0, 14.3.1). The cache is left out,
 * because pages about a user are never cached. Browsers obey the header over HTTPS only.
 */
export function leavingHeaders({ protocol }: URL): Record<string, string> {
	return protocol === 'https:' ? { 'clear-site-data': '"storage"' } : {};
}
