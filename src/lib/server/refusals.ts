import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';

/** In the language of the request, unless another locale is given. */
type Sentence = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;

interface RefusalText {
	status: number;
	title: Sentence;
	/** One plain sentence for users. */
	detail: Sentence;
	/** Two or three sentences for `/problems/<code>`: when it happens and what to do. */
	explanation: Sentence;
}

/** All reasons for a refusal, with their status. The messages of the same name are their sentences. */
const statuses = {
	malformed_request: 400,
	malformed_body: 400,
	host_not_allowed: 400,
	invalid_request: 400,
	invalid_grant: 400,
	unsupported_grant_type: 400,
	link_invalid: 400,
	authentication_required: 401,
	invalid_token: 401,
	invalid_credentials: 401,
	invalid_client: 401,
	cross_site_request: 403,
	email_not_verified: 403,
	recent_login_required: 403,
	not_found: 404,
	method_not_allowed: 405,
	request_timeout: 408,
	email_taken: 409,
	link_used: 410,
	link_expired: 410,
	link_outdated: 410,
	body_too_large: 413,
	unsupported_media_type: 415,
	invalid_fields: 422,
	role_not_allowed: 422,
	too_many_requests: 429,
	headers_too_large: 431,
	internal_error: 500,
	overloaded: 503,
	database_unavailable: 503,
	schema_outdated: 503
} satisfies Record<string, number>;

export type Reason = keyof typeof statuses;

/** The one table of refusals. */
export const refusals = Object.fromEntries(
	(Object.keys(statuses) as Reason[]).map((reason): [string, RefusalText] => [
		reason,
		{
			status: statuses[reason],
			title: m[`refusal_${reason}_title`],
			detail: m[`refusal_${reason}_detail`],
			explanation: m[`refusal_${reason}_explanation`]
		}
	])
) as Record<Reason, RefusalText>;

export function isReason(code: string): code is Reason {
	return Object.hasOwn(refusals, code);
}
