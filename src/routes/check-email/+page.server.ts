import { redirect } from '@sveltejs/kit';
import { requestEmailVerification } from '#lib/server/account/request-email-verification.ts';
import { formAction } from '#lib/server/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	kind: url.searchParams.get('email'),
	isSent: url.searchParams.has('sent'),
	email: locals.session?.user.email
});

export const actions: Actions = {
	default: formAction(['email'], async (event, fields) => {
		const { services, context } = event.locals;
		const requested = await requestEmailVerification(services, fields, context);
		if (!requested.ok) return requested;
		redirect(303, '/check-email?email=verification&sent');
	})
};
