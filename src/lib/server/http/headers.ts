/** The directives with which a page's policy names where violations of it are reported: `/reports`, see below. */
export const reportDirectives = 'report-uri /reports; report-to csp';

/** What every page carries besides its Content-Security-Policy (OWASP ASVS 5.0, 3.4). */
export const pageHeaders = {
	'content-type': 'text/html; charset=utf-8',
	'reporting-endpoints': 'csp="/reports"',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()'
};

/** What every response carries, static files and early refusals too. */
export function commonHeaders(requestId: string, isHttps: boolean): Record<string, string> {
	return {
		'x-request-id': requestId,
		'x-content-type-options': 'nosniff',
		// What is no page needs nothing (ASVS 5.0, 3.4.3 and 3.4.6); pages have a policy of their own.
		'content-security-policy':
			"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		'cross-origin-resource-policy': 'same-origin',
		...(isHttps ? { 'strict-transport-security': 'max-age=63072000' } : {})
	};
}

/**
 * With which a browser forgets at log-out what scripts kept (ASVS 5.0, 14.3.1). Not the cache: pages about a person are
 * never in it. Browsers heed it over https only.
 */
export function leavingHeaders({ protocol }: URL): Record<string, string> {
	return protocol === 'https:' ? { 'clear-site-data': '"storage"' } : {};
}
