import { maskEmails } from '../mask-emails.ts';

/** The loggable part of a violation of the Content-Security-Policy. */
export interface Violation {
	/** The path of the page. */
	page: string;
	directive: string;
	/** The origin of the blocked resource: an origin, a scheme, or a keyword such as `inline`. */
	blocked: string;
}

const maxPathLength = 200;
const word = /^[a-z-]{1,40}$/;
const longestOrigin = 100;

/**
 * Reads reports of browsers: a list (Reporting API, `application/reports+json`), or the single report of `report-uri`
 * (CSP 2, `application/csp-report`). Anyone can send reports, so members are chosen, not copied. Other kinds of
 * reports, and those that browser extensions cause, are left out.
 */
export function readViolations(document: unknown): Violation[] {
	return listBodies(document).flatMap((body) => {
		const blocked = describeBlocked(body.blockedURL ?? body['blocked-uri']);
		const violation = {
			page: describePage(body.documentURL ?? body['document-uri']),
			directive: asWord(body.effectiveDirective ?? body['effective-directive'] ?? body['violated-directive']),
			blocked
		};
		return /-extension(:|$)/.test(blocked) ? [] : [violation];
	});
}

function listBodies(document: unknown): Record<string, unknown>[] {
	const reports = Array.isArray(document)
		? document.filter((report) => isObject(report) && report.type === 'csp-violation').map(({ body }) => body)
		: [isObject(document) ? document['csp-report'] : undefined];
	return reports.filter(isObject);
}

function describePage(address: unknown): string {
	if (typeof address !== 'string' || !URL.canParse(address)) return 'unknown';
	return maskEmails(new URL(address).pathname.slice(0, maxPathLength));
}

function describeBlocked(address: unknown): string {
	if (typeof address !== 'string' || !URL.canParse(address)) return asWord(address);
	const { protocol, origin } = new URL(address);
	return origin === 'null' ? asWord(protocol.slice(0, -1)) : origin.slice(0, longestOrigin);
}

/** The older format lists the sources after the directive. */
function asWord(value: unknown): string {
	const [first = ''] = typeof value === 'string' ? value.split(' ', 1) : [];
	return word.test(first) ? first : 'unknown';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
