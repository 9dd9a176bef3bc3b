import { redirect } from '@sveltejs/kit';
import { requestPasswordReset } from '#lib/server/authentication/request-password-reset.ts';
import { formAction } from '#lib/server/http/form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: formAction(['email'], async (event, fields) => {
		const { services, context } = event.locals;
		const requested = await requestPasswordReset(services, fields, context);
		if (!requested.ok) return requested;
		redirect(303, '/check-email?email=reset');
	})
};
