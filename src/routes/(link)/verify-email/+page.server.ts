import { redirect } from '@sveltejs/kit';
import { verifyEmail } from '#lib/server/account/verify-email.ts';
import { formAction } from '#lib/server/http/form.ts';
import { linkLoad } from '../link.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = linkLoad('verify_email');

export const actions: Actions = {
	default: formAction(['token'], async (event, fields) => {
		const { token } = fields;
		const verified = await verifyEmail(event.locals.services, { token }, event.locals.context);
		if (!verified.ok) return verified;
		redirect(303, event.locals.session ? '/account?done=verified' : '/login?done=verified');
	})
};
