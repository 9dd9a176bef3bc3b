import type { ActionResult } from '@sveltejs/kit';
import type { FormFailure } from '#lib/form-failure.ts';
import { m } from '#lib/paraglide/messages.js';

/**
 * Reads any answer but a success or a redirect as something the form can show in place, so that nothing typed is lost:
 * the action's own refusal, a fault, a problem document from in front of the action, or no answer at all.
 */
export function readAnswer(result: ActionResult): FormFailure {
	const answer: Partial<FormFailure> = (result.type === 'failure' && result.data) || {};
	return {
		code: answer.code,
		message: answer.message ?? readSentence(result) ?? m.form_no_answer(),
		values: answer.values ?? {},
		errors: answer.errors ?? {}
	};
}

function readSentence(result: object): string | undefined {
	if ('detail' in result && typeof result.detail === 'string') return result.detail;
	// An Error is the browser's own: the network failed, or what came was not for us.
	if ('error' in result && !(result.error instanceof Error)) return (result.error as App.Error).message;
}
