import { redirect } from '@sveltejs/kit';
import { requestLetter } from '#lib/server/account/verify-email.ts';
import { requestContext } from '#lib/server/http/client.ts';
import { formAction } from '#lib/server/http/form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: formAction(['email'], async (event, fields) => {
		const order = { kind: 'reset_password', fields } as const;
		const requested = await requestLetter(event.locals.services, order, requestContext(event));
		if (!requested.ok) return requested;
		redirect(303, '/check-mail?letter=reset');
	})
};
