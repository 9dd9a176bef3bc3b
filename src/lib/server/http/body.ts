import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { mediaType } from './accept.ts';

export const maxBodyBytes = 16 * 1024;

export const jsonType = 'application/json';
export const formType = 'application/x-www-form-urlencoded';
/** The types of the Reporting API and of the older `report-uri`. */
export const reportTypes = ['application/reports+json', 'application/csp-report'] as const;

export type BodyReason = 'unsupported_media_type' | 'body_too_large' | 'malformed_body';

/**
 * Reads the fields of a body: a JSON object, or a form whose fields are text.
 *
 * @param mayBeAbsent whether a request without a body counts as one without fields instead of being refused
 */
export async function readFields(
	request: Request,
	types: readonly string[],
	{ mayBeAbsent = false } = {}
): Promise<Outcome<Fields, BodyReason>> {
	const { headers } = request;
	const isAbsent = !headers.has('transfer-encoding') && Number(headers.get('content-length') ?? 0) === 0;
	if (mayBeAbsent && isAbsent) return accept({});
	return readBody(request, types, (text, type) =>
		type === jsonType ? parseJsonObject(text) : parseForm(text)
	);
}

/** Reads the reports that browsers send about a page, whatever their JSON contains. */
export async function readReport(request: Request): Promise<Outcome<unknown, BodyReason>> {
	return readBody(request, reportTypes, (text) => JSON.parse(text) as unknown);
}

/** @param parse returns undefined or throws if the text is invalid */
async function readBody<Value>(
	request: Request,
	types: readonly string[],
	parse: (text: string, type: string) => Value | undefined
): Promise<Outcome<Value, BodyReason>> {
	const type = mediaType(request.headers.get('content-type'));
	if (!types.includes(type)) return refuse('unsupported_media_type');
	try {
		const bytes = await request.arrayBuffer();
		if (bytes.byteLength > maxBodyBytes) return refuse('body_too_large');
		const value = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), type);
		return value === undefined ? refuse('malformed_body') : accept(value);
	} catch (error) {
		// The adapter stops reading at the limit with an error of this status. All other errors are caused by the client, for
		// example bytes that are not UTF-8, or a connection that ended early.
		const isTooLarge = (error as { status?: number }).status === 413;
		return refuse(isTooLarge ? 'body_too_large' : 'malformed_body');
	}
}

function parseJsonObject(text: string): Fields | undefined {
	let isClean = true;
	const value: unknown = JSON.parse(text, (key, member) => {
		isClean &&= isCleanText(key) && (typeof member !== 'string' || isCleanText(member));
		return member;
	});
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isClean && isObject ? (value as Fields) : undefined;
}

/**
 * Stricter than URLSearchParams, which replaces what it cannot decode. A password must arrive exactly as it was sent.
 */
function parseForm(text: string): Fields | undefined {
	const fields = new Map<string, string>();
	for (const pair of text.split('&')) {
		if (pair === '') continue;
		const [name = '', ...rest] = pair.split('=');
		const [key, value] = [name, rest.join('=')].map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
		if (key === undefined || value === undefined || fields.has(key)) return undefined;
		if (!isCleanText(key) || !isCleanText(value)) return undefined;
		fields.set(key, value);
	}
	return Object.fromEntries(fields);
}

/** Without NUL, and without half of a surrogate pair, which UTF-8 cannot encode. */
function isCleanText(text: string): boolean {
	return !text.includes('\0') && text.isWellFormed();
}
