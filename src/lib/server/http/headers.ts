/** The directives with which a page's policy names where violations of it are reported: `/reports`, see below. */
export const reportDirectives = 'report-uri /reports; report-to csp';

/** What every page carries besides its Content-Security-Policy (OWASP ASVS 5.0, 3.4). */
export const pageHeaders = {
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
		// Other sites may link here, but neither frame nor embed anything (ASVS 5.0, 3.4.6 and 3.5.8); pages say more.
		'content-security-policy': "frame-ancestors 'none'",
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
