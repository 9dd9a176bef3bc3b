import { type ActionFailure, fail, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { FormFailure } from '#lib/form-failure.ts';
import type { Fields } from '../fields.ts';
import { fieldErrorsOf, type Refusal } from '../outcome.ts';
import { refusals } from '../refusals.ts';
import { formType, readFields } from './body.ts';
import { refuseFault } from './refuse-fault.ts';
import { setRefusalHeaders } from './refuse.ts';
import { describeFieldError, describeRefusal } from './sentences.ts';

/**
 * Wraps a form action: reads the form, and answers a refusal or a fault with the form again, with messages and the
 * entered values.
 *
 * @param kept the fields whose values are shown again; never a password
 */
export function formAction<Event extends RequestEvent>(
	kept: readonly string[],
	act: (event: Event, fields: Fields) => Promise<Refusal>
) {
	return async (event: Event): Promise<ActionFailure<FormFailure>> => {
		const read = await readFields(event.request, [formType]);
		const fields = read.ok ? read.value : {};
		const refusal = read.ok
			? await act(event, fields).catch((error: unknown) => {
					if (isRedirect(error)) throw error;
					return refuseFault(event, error);
				})
			: read;
		setRefusalHeaders(event, refusal);
		return fail(refusals[refusal.reason].status, describeFailure(refusal, fields, kept));
	};
}

function describeFailure(refusal: Refusal, fields: Fields, kept: readonly string[]): FormFailure {
	const errors = fieldErrorsOf(refusal);
	const values = kept.map((name) => [name, typeof fields[name] === 'string' ? fields[name] : '']);
	return {
		code: refusal.reason,
		message: describeRefusal(refusal),
		values: Object.fromEntries(values) as Record<string, string>,
		errors: Object.fromEntries(errors.map((error) => [error.field, describeFieldError(error)]))
	};
}
