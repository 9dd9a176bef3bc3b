import type { Reason } from './refusals.ts';

/** One wrong input field: its name on the wire, a stable code and the figure its sentence needs. */
export interface FieldError {
	field: string;
	code: FieldErrorCode;
	/** The length limit that was missed, in characters (code points). */
	limit?: number;
	/** The word that does not count, as the person wrote it. */
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

export interface Refusal<R extends Reason = Reason> {
	ok: false;
	reason: R;
	/** With `invalid_fields`: every wrong field, in the order of the form. */
	errors?: FieldError[];
	/** Where the reason passes by itself and it is known when. */
	retryAfterSeconds?: number | undefined;
	/** With `too_many_requests`: the limit that was reached, so many in any span of so long. */
	limit?: { name: string; count: number; windowSeconds: number };
}

/** The answer of whatever may say no. Faults, which a person must repair, are thrown instead. */
export type Outcome<Value, R extends Reason = Reason> = { ok: true; value: Value } | Refusal<R>;

export function accept<Value>(value: Value): { ok: true; value: Value } {
	return { ok: true, value };
}

export function refuse<R extends Reason>(reason: R, errors?: FieldError[]): Refusal<R> {
	return errors ? { ok: false, reason, errors } : { ok: false, reason };
}

/** What is away when a fault passes by itself. */
export type UnavailableReason = Extract<Reason, 'overloaded' | 'database_unavailable' | 'schema_outdated'>;

/**
 * A fault that passes by itself: something the service needs is away for now.
 * Callers over HTTP get `reason` with its 503 and may try again.
 */
export class UnavailableError extends Error {
	readonly reason: UnavailableReason;
	/** What exactly is away, when an operator needs its name: a migration. */
	readonly subject: string | undefined;
	/** When it is worth trying again, where that is known. */
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
