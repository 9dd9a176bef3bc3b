import { redirect } from '@sveltejs/kit';
import { requestLetter } from '#lib/server/account/verify-email.ts';
import { requestContext } from '#lib/server/http/client.ts';
import { formAction } from '#lib/server/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	letter: url.searchParams.get('letter'),
	isSent: url.searchParams.has('sent'),
	email: locals.user?.email
});

export const actions: Actions = {
	default: formAction(['email'], async (event, fields) => {
		const order = { kind: 'verify_email', fields } as const;
		const requested = await requestLetter(event.locals.services, order, requestContext(event));
		if (!requested.ok) return requested;
		redirect(303, '/check-mail?letter=verification&sent');
	})
};
