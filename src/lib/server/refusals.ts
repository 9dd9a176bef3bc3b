import { m } from '#lib/paraglide/messages.js';

interface RefusalText {
	status: number;
	title: () => string;
	/** One plain sentence for a person. */
	detail: () => string;
	/** Two or three sentences for `/problems/<code>`: when it happens and what to do. */
	explanation: () => string;
}

/** Every reason to refuse, with its status and sentences: the one table of refusals. */
export const refusals = {
	malformed_request: {
		status: 400,
		title: m.refusal_malformed_request_title,
		detail: m.refusal_malformed_request_detail,
		explanation: m.refusal_malformed_request_explanation
	},
	malformed_body: {
		status: 400,
		title: m.refusal_malformed_body_title,
		detail: m.refusal_malformed_body_detail,
		explanation: m.refusal_malformed_body_explanation
	},
	host_not_allowed: {
		status: 400,
		title: m.refusal_host_not_allowed_title,
		detail: m.refusal_host_not_allowed_detail,
		explanation: m.refusal_host_not_allowed_explanation
	},
	invalid_request: {
		status: 400,
		title: m.refusal_invalid_request_title,
		detail: m.refusal_invalid_request_detail,
		explanation: m.refusal_invalid_request_explanation
	},
	invalid_grant: {
		status: 400,
		title: m.refusal_invalid_grant_title,
		detail: m.refusal_invalid_grant_detail,
		explanation: m.refusal_invalid_grant_explanation
	},
	unsupported_grant_type: {
		status: 400,
		title: m.refusal_unsupported_grant_type_title,
		detail: m.refusal_unsupported_grant_type_detail,
		explanation: m.refusal_unsupported_grant_type_explanation
	},
	authentication_required: {
		status: 401,
		title: m.refusal_authentication_required_title,
		detail: m.refusal_authentication_required_detail,
		explanation: m.refusal_authentication_required_explanation
	},
	invalid_token: {
		status: 401,
		title: m.refusal_invalid_token_title,
		detail: m.refusal_invalid_token_detail,
		explanation: m.refusal_invalid_token_explanation
	},
	invalid_credentials: {
		status: 401,
		title: m.refusal_invalid_credentials_title,
		detail: m.refusal_invalid_credentials_detail,
		explanation: m.refusal_invalid_credentials_explanation
	},
	invalid_client: {
		status: 401,
		title: m.refusal_invalid_client_title,
		detail: m.refusal_invalid_client_detail,
		explanation: m.refusal_invalid_client_explanation
	},
	cross_site_request: {
		status: 403,
		title: m.refusal_cross_site_request_title,
		detail: m.refusal_cross_site_request_detail,
		explanation: m.refusal_cross_site_request_explanation
	},
	not_found: {
		status: 404,
		title: m.refusal_not_found_title,
		detail: m.refusal_not_found_detail,
		explanation: m.refusal_not_found_explanation
	},
	method_not_allowed: {
		status: 405,
		title: m.refusal_method_not_allowed_title,
		detail: m.refusal_method_not_allowed_detail,
		explanation: m.refusal_method_not_allowed_explanation
	},
	request_timeout: {
		status: 408,
		title: m.refusal_request_timeout_title,
		detail: m.refusal_request_timeout_detail,
		explanation: m.refusal_request_timeout_explanation
	},
	email_taken: {
		status: 409,
		title: m.refusal_email_taken_title,
		detail: m.refusal_email_taken_detail,
		explanation: m.refusal_email_taken_explanation
	},
	body_too_large: {
		status: 413,
		title: m.refusal_body_too_large_title,
		detail: m.refusal_body_too_large_detail,
		explanation: m.refusal_body_too_large_explanation
	},
	unsupported_media_type: {
		status: 415,
		title: m.refusal_unsupported_media_type_title,
		detail: m.refusal_unsupported_media_type_detail,
		explanation: m.refusal_unsupported_media_type_explanation
	},
	invalid_fields: {
		status: 422,
		title: m.refusal_invalid_fields_title,
		detail: m.refusal_invalid_fields_detail,
		explanation: m.refusal_invalid_fields_explanation
	},
	role_not_allowed: {
		status: 422,
		title: m.refusal_role_not_allowed_title,
		detail: m.refusal_role_not_allowed_detail,
		explanation: m.refusal_role_not_allowed_explanation
	},
	too_many_requests: {
		status: 429,
		title: m.refusal_too_many_requests_title,
		detail: m.refusal_too_many_requests_detail,
		explanation: m.refusal_too_many_requests_explanation
	},
	headers_too_large: {
		status: 431,
		title: m.refusal_headers_too_large_title,
		detail: m.refusal_headers_too_large_detail,
		explanation: m.refusal_headers_too_large_explanation
	},
	internal_error: {
		status: 500,
		title: m.refusal_internal_error_title,
		detail: m.refusal_internal_error_detail,
		explanation: m.refusal_internal_error_explanation
	},
	overloaded: {
		status: 503,
		title: m.refusal_overloaded_title,
		detail: m.refusal_overloaded_detail,
		explanation: m.refusal_overloaded_explanation
	},
	database_unavailable: {
		status: 503,
		title: m.refusal_database_unavailable_title,
		detail: m.refusal_database_unavailable_detail,
		explanation: m.refusal_database_unavailable_explanation
	},
	schema_outdated: {
		status: 503,
		title: m.refusal_schema_outdated_title,
		detail: m.refusal_schema_outdated_detail,
		explanation: m.refusal_schema_outdated_explanation
	}
} satisfies Record<string, RefusalText>;

export type Reason = keyof typeof refusals;

export function isReason(code: string): code is Reason {
	return Object.hasOwn(refusals, code);
}
