import type { Reason } from './refusals.ts';

/** One wrong input field: its name in the request, a stable code, and the number that its sentence needs. */
export interface FieldError {
	field: string;
	code: FieldErrorCode;
	/** The length limit that was violated, in characters (code points). */
	limit?: number;
	/** The word, as it was entered, that does not count towards the strength of the password. */
	word?: string;
}

export const fieldErrorCodes = [
	'required',
	'wrong_type',
	'too_short',
	'too_long',
	'invalid',
	'control_characters',
	'common',
	'personal',
	'incorrect',
	'read_only',
	'unchanged'
] as const;

export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** The limit that was reached: at most `count` in any window of `windowSeconds`. */
export interface LimitPolicy {
	name: string;
	count: number;
	windowSeconds: number;
}

/** When to try again, if known. */
type Pause = { retryAfterSeconds?: number | undefined } | undefined;

/** The details that a refusal carries in addition to its reason, by reason. */
interface CarriedDetails {
	/** Every wrong field, in the order of the form. */
	invalid_fields: { errors: FieldError[] };
	too_many_requests: { retryAfterSeconds: number; limit: LimitPolicy };
	overloaded: Pause;
	database_unavailable: Pause;
	schema_outdated: Pause;
}

export type RefusalDetails = {
	[R in Reason]: R extends keyof CarriedDetails ? CarriedDetails[R] : undefined;
};

export interface Refusal<R extends Reason = Reason> {
	ok: false;
	reason: R;
	details: RefusalDetails[R];
}

/** The result of an act that may be refused. Faults, which an operator must fix, are thrown instead. */
export type Outcome<Value, R extends Reason = Reason> = { ok: true; value: Value } | Refusal<R>;

export function accept<Value>(value: Value): { ok: true; value: Value } {
	return { ok: true, value };
}

export function refuse<R extends Reason>(
	reason: R,
	...[details]: undefined extends RefusalDetails[R]
		? [details?: RefusalDetails[R]]
		: [details: RefusalDetails[R]]
): Refusal<R> {
	return { ok: false, reason, details: details as RefusalDetails[R] };
}

/** The details of a refusal, if it has this reason. */
export function detailsFor<R extends keyof CarriedDetails>(
	refusal: Refusal,
	reason: R
): CarriedDetails[R] | undefined {
	return refusal.reason === reason ? (refusal.details as CarriedDetails[R]) : undefined;
}

/** The wrong fields of a refusal; an empty list for any other reason. */
export function fieldErrorsOf(refusal: Refusal): FieldError[] {
	return detailsFor(refusal, 'invalid_fields')?.errors ?? [];
}

/** The limit that caused a refusal; undefined for any other reason. */
export function limitOf(refusal: Refusal): LimitPolicy | undefined {
	return detailsFor(refusal, 'too_many_requests')?.limit;
}

/** When to try again after a refusal, if known. */
export function retryAfterOf({ details }: Refusal): number | undefined {
	return details && 'retryAfterSeconds' in details ? details.retryAfterSeconds : undefined;
}

/** What is unavailable during a temporary fault. */
export type UnavailableReason = Extract<Reason, 'overloaded' | 'database_unavailable' | 'schema_outdated'>;

/**
 * A temporary fault: something that the service needs is unavailable. Clients get `reason` with status 503 and may try
 * again.
 */
export class UnavailableError extends Error {
	readonly reason: UnavailableReason;
	/** The name that an operator needs to know, such as that of a migration. */
	readonly subject: string | undefined;
	/** When to try again, if known. */
	readonly retryAfterSeconds: number | undefined;

	constructor(
		reason: UnavailableReason,
		cause: unknown,
		{ subject, retryAfterSeconds }: Partial<Pick<UnavailableError, 'subject' | 'retryAfterSeconds'>> = {}
	) {
		super(cause instanceof Error ? cause.message : String(cause), { cause });
		this.name = 'UnavailableError';
		this.reason = reason;
		this.subject = subject;
		this.retryAfterSeconds = retryAfterSeconds;
	}
}
