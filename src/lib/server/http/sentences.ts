import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { type FieldError, type FieldErrorCode, type Refusal, retryAfterOf } from '../outcome.ts';
import { refusals } from '../refusals.ts';

type Sentence = (inputs: { limit: number; word: string }) => string;

const general = {
	required: m.field_required,
	wrong_type: m.field_wrong_type,
	too_short: m.field_too_short,
	too_long: m.field_too_long,
	invalid: m.field_invalid,
	control_characters: m.field_control_characters,
	common: m.field_password_common,
	personal: m.field_password_personal,
	incorrect: m.field_incorrect,
	read_only: m.field_read_only,
	unchanged: m.field_unchanged
} satisfies Record<FieldErrorCode, Sentence>;

/** The fields that have specific sentences. */
const particular: Record<string, Partial<Record<FieldErrorCode, Sentence>>> = {
	email: { required: m.field_email_required, invalid: m.field_email_invalid },
	username: { required: m.field_email_required },
	password: { required: m.field_password_required },
	current_password: {
		required: m.field_current_password_required,
		incorrect: m.field_current_password_incorrect
	},
	first_name: { required: m.field_first_name_required },
	last_name: { required: m.field_last_name_required }
};

/** One sentence that tells a user how to correct a field. */
export function describeFieldError({ field, code, limit = 0, word = '' }: FieldError): string {
	return (particular[field]?.[code] ?? general[code])({ limit, word });
}

/** One sentence that tells a user the reason and, if known, when to try again. */
export function describeRefusal(refusal: Refusal): string {
	const { reason } = refusal;
	const retryAfterSeconds = retryAfterOf(refusal);
	return reason === 'too_many_requests' && retryAfterSeconds !== undefined
		? m.refusal_too_many_requests_wait({ wait: describeDuration(retryAfterSeconds) })
		: refusals[reason].detail();
}

/** "40 seconds", "2 minutes", "1 hour": rounded up, so that the next attempt is not too early. */
function describeDuration(seconds: number): string {
	const [unit, length] = seconds <= 90 ? ['second', 1] : seconds <= 5_400 ? ['minute', 60] : ['hour', 3_600];
	const format = new Intl.NumberFormat(getLocale(), { style: 'unit', unit, unitDisplay: 'long' });
	return format.format(Math.ceil(seconds / length));
}
