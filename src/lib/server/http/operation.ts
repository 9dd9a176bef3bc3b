import type { GenericSchema } from 'valibot';
import type { BodyReason } from './body.ts';
import type { ClientReason } from './client-credentials.ts';
import type { UnavailableReason } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import type { HeaderName } from './described-headers.ts';

/** The settings that the description shows. */
export interface Settings {
	origin: string;
	appName: string;
	version: string;
	passwordMinLength: number;
}

export interface Body {
	schema: GenericSchema;
	/** A body that can be sent as it is. */
	example: object;
}

export interface Answer {
	description: string;
	/** The schema of its JSON; an answer without one has no body. */
	schema?: GenericSchema;
	example?: object;
	/** Headers besides `X-Request-Id`, which every answer has. */
	headers: readonly HeaderName[];
}

/** `none`: requests without credentials are answered as well. */
export type Security = 'accessToken' | 'session' | 'client' | 'none';

/** One method of one URL, as the API describes it. */
export interface Operation {
	id: string;
	summary: string;
	/** CommonMark, in short paragraphs. */
	description: string;
	/** Ways to authenticate, any of them; none where anyone may call. */
	security?: readonly Security[];
	/** Who may call it: `user` for a user on their own account. Without it, anyone may. */
	needs?: 'user';
	/** Bodies by media type. */
	bodies?: (settings: Settings) => Record<string, Body>;
	/** The handler reads the body itself. */
	readsBody?: true;
	/** Whether the body may be absent. */
	bodyIsOptional?: true;
	answers: Record<number, Answer>;
	/** All reasons that it refuses as a problem document, besides `generalReasons`. */
	reasons: readonly Reason[];
	/** The reasons that it refuses as OAuth errors (RFC 6749 §5.2). */
	oauthReasons?: readonly Reason[];
	/** The problem document, where it has more members than usual. */
	problem?: GenericSchema;
	/** Whether it answers under any `Host`. */
	anyHost?: true;
}

/** The reasons that any request may meet, before its operation is known or by a fault of the service. */
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

/** The reasons of an OAuth endpoint that takes a form, all of them as OAuth errors. */
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

/** The refusals that an operation describes: a handler that returns another one does not compile. */
export type ReasonsOf<O extends Operation> =
	O['reasons'][number] | (O extends { oauthReasons: readonly (infer R extends Reason)[] } ? R : never);
