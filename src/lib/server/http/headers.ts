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
		...(isHttps ? { 'strict-transport-security': 'max-age=63072000' } : {})
	};
}
