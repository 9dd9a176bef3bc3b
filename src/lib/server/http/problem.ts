import * as v from 'valibot';
import { baseLocale, getLocale } from '#lib/paraglide/runtime.js';
import {
	detailsFor,
	fieldErrorCodes,
	limitOf,
	type LimitPolicy,
	type Refusal,
	retryAfterOf
} from '../outcome.ts';
import { type Reason, refusals } from '../refusals.ts';
import { describeFieldError, describeRefusal } from './sentences.ts';

export const problemType = 'application/problem+json';

/** The `Retry-After` of a temporary fault of unknown length. */
const usualRetryAfterSeconds = 5;

/** The challenge in `WWW-Authenticate` for each reason. */
export const challengeOf: Partial<Record<Reason, string>> = {
	authentication_required: 'Bearer',
	invalid_token: 'Bearer error="invalid_token"',
	invalid_client: 'Basic realm="clients", charset="UTF-8"'
};

/**
 * The headers of a refusal, whatever its body: RFC 9110 §10.2.3, RFC 6750 §3, RFC 7617 §2, and RFC 6585 §4 for limits.
 */
export function refusalHeaders(refusal: Refusal): Record<string, string> {
	const { reason } = refusal;
	const retryAfterSeconds = retryAfterOf(refusal);
	const limit = limitOf(refusal);
	const challenge = challengeOf[reason];
	return {
		'cache-control': 'no-store',
		'content-language': getLocale(),
		...(refusals[reason].status === 503 || retryAfterSeconds !== undefined
			? { 'retry-after': String(retryAfterSeconds ?? usualRetryAfterSeconds) }
			: {}),
		...(limit ? limitHeaders(limit, retryAfterSeconds) : {}),
		...(challenge ? { 'www-authenticate': challenge } : {})
	};
}

/** Structured fields of draft-ietf-httpapi-ratelimit-headers-10: the policy, and the time until it resets. */
function limitHeaders(
	{ name, count, windowSeconds }: LimitPolicy,
	resetSeconds = windowSeconds
): Record<string, string> {
	return {
		'ratelimit-policy': `"${name}";q=${count};w=${windowSeconds}`,
		ratelimit: `"${name}";r=0;t=${resetSeconds}`
	};
}

const request_id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,64}$/));
const code = v.picklist(Object.keys(refusals) as Reason[]);

/** The members of a problem document (RFC 9457 §3.1), and extensions: `code`, `request_id`, and `errors` for fields. */
export const problem = v.object({
	type: v.string(),
	title: v.string(),
	status: v.pipe(v.number(), v.integer()),
	detail: v.string(),
	code,
	request_id,
	errors: v.optional(
		v.array(v.object({ field: v.string(), code: v.picklist(fieldErrorCodes), detail: v.string() }))
	)
});

/** The reasons for which OAuth has names. Any other problem with a request is an `invalid_request`. */
const oauthErrors = [
	'invalid_request',
	'invalid_client',
	'invalid_grant',
	'unsupported_grant_type'
] as const satisfies Reason[];

/** The members of an OAuth error (RFC 6749 §5.2), and extensions. */
export const oauthError = v.object({
	error: v.picklist(oauthErrors),
	error_description: v.string(),
	code,
	request_id
});

export function describeProblem(refusal: Refusal, requestId: string): v.InferOutput<typeof problem> {
	const { reason } = refusal;
	const errors = detailsFor(refusal, 'invalid_fields')?.errors;
	const { status, title } = refusals[reason];
	return {
		type: `/problems/${reason.replaceAll('_', '-')}`,
		title: title(),
		status,
		detail: describeRefusal(refusal),
		code: reason,
		request_id: requestId,
		...(errors
			? {
					errors: errors.map((error) => ({
						field: error.field,
						code: error.code,
						detail: describeFieldError(error)
					}))
				}
			: {})
	};
}

/** A refusal for a program: `application/problem+json`, with the extension members of the reason. */
export function problemResponse(
	refusal: Refusal,
	requestId: string,
	{ headers = {}, members = {} }: { headers?: Record<string, string>; members?: Record<string, string> } = {}
): Response {
	return new Response(JSON.stringify({ ...describeProblem(refusal, requestId), ...members }), {
		status: refusals[refusal.reason].status,
		headers: { 'content-type': problemType, ...refusalHeaders(refusal), ...headers }
	});
}

export function isOauthError(reason: Reason): boolean {
	return (oauthErrors as readonly Reason[]).includes(reason);
}

/** Always in English: RFC 6749 §5.2 allows only ASCII in `error_description`. */
export function describeOauthError({ reason }: Refusal, requestId: string): v.InferOutput<typeof oauthError> {
	const error = oauthErrors.find((name) => name === reason) ?? 'invalid_request';
	return {
		error,
		error_description: refusals[reason].detail({}, { locale: baseLocale }),
		code: reason,
		request_id: requestId
	};
}

/** A refusal for an OAuth client, which reads `error` and `error_description` (RFC 6749 §5.2). */
export function oauthErrorResponse(refusal: Refusal, requestId: string): Response {
	return Response.json(describeOauthError(refusal, requestId), {
		status: refusals[refusal.reason].status,
		headers: { ...refusalHeaders(refusal), 'content-language': baseLocale }
	});
}
