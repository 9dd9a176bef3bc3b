import type { GenericSchema } from 'valibot';
import type { BodyReason } from './body.ts';
import type { ClientReason } from './client-credentials.ts';
import type { UnavailableReason } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import type { HeaderName } from './described-headers.ts';

/** The settings that the descriptions show. */
export interface Settings {
	origin: string;
	appName: string;
	version: string;
	passwordMinLength: number;
}

export interface Body {
	schema: GenericSchema;
	/** A valid body, ready to be sent. */
	example: object;
}

export interface Answer {
	description: string;
	/** The schema of its JSON; without a schema, the response has no body. */
	schema?: GenericSchema;
	example?: object;
	/** Headers besides `X-Request-Id`, which every response has. */
	headers: readonly HeaderName[];
}

/** `none` means that requests without credentials are answered as well. */
export type Security = 'accessToken' | 'session' | 'client' | 'none';

/** One method of one URL, as the OpenAPI document describes it. */
export interface Operation {
	id: string;
	summary: string;
	/** CommonMark, in short paragraphs. */
	description: string;
	/** Ways to authenticate, any of which is enough; omitted if anyone may call. */
	security?: readonly Security[];
	/** Who may call the operation: `user` for a user on their own account. If omitted, anyone may. */
	needs?: 'user';
	/** Bodies by media type. */
	bodies?: (settings: Settings) => Record<string, Body>;
	/** Set if the handler reads the body itself. */
	readsBody?: true;
	/** Whether the body may be absent. */
	bodyIsOptional?: true;
	answers: Record<number, Answer>;
	/** The reasons for refusals as a problem document, besides `generalReasons`. */
	reasons: readonly Reason[];
	/** The reasons for refusals as an OAuth error (RFC 6749 §5.2). */
	oauthReasons?: readonly Reason[];
	/** The schema of the problem document, if it has more members than usual. */
	problem?: GenericSchema;
	/** Set if the operation answers under any `Host`. */
	anyHost?: true;
}

/** The reasons for which any request may be refused: before its operation is known, or because of a fault. */
export const generalReasons = [
	'malformed_request',
	'host_not_allowed',
	'request_timeout',
	'headers_too_large',
	'internal_error'
] as const satisfies Reason[];

/** The headers of documents that anyone may cache, as `answerDocument` sends them. */
export const publicHeaders = ['ETag', 'PublicCache', 'AnyOrigin'] as const satisfies HeaderName[];
export const unchanged = {
	description: 'Nothing has changed since the `ETag` that `If-None-Match` names.',
	headers: publicHeaders
} as const satisfies Answer;

/** The reasons of operations with a body. */
export const bodyReasons = [
	'cross_site_request',
	'malformed_body',
	'body_too_large',
	'unsupported_media_type'
] as const satisfies (BodyReason | 'cross_site_request')[];

/** The reasons of an OAuth endpoint that takes a form; all are reported as OAuth errors. */
export const oauthFormReasons = [
	'malformed_body',
	'body_too_large',
	'unsupported_media_type',
	'invalid_request',
	'invalid_client'
] as const satisfies (BodyReason | ClientReason)[];

/** The reasons of operations that need the database. */
export const databaseReasons = [
	'database_unavailable',
	'schema_outdated'
] as const satisfies UnavailableReason[];

/** The reasons of operations that hash a password. */
export const hashingReasons = [
	'too_many_requests',
	'overloaded',
	...databaseReasons
] as const satisfies Reason[];

/** The reasons of operations that need a caller. */
export const callerReasons = ['authentication_required', 'invalid_token'] as const satisfies Reason[];

/** The reasons of operations that ask for a recent login or the password. */
export const confirmReasons = ['invalid_fields', 'recent_login_required', ...hashingReasons] as const;

/** The refusals that an operation describes. A handler that returns another one does not compile. */
export type ReasonsOf<O extends Operation> =
	O['reasons'][number] | (O extends { oauthReasons: readonly (infer R extends Reason)[] } ? R : never);
