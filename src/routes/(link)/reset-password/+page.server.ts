import { redirect } from '@sveltejs/kit';
import { resetPassword } from '#lib/server/authentication/reset-password.ts';
import { formAction } from '#lib/server/http/form.ts';
import { linkLoad } from '../link.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = linkLoad('reset_password');

export const actions: Actions = {
	default: formAction(['token'], async (event, fields) => {
		const reset = await resetPassword(event.locals.services, fields, event.locals.context);
		if (!reset.ok) return reset;
		redirect(303, '/login?done=reset');
	})
};
