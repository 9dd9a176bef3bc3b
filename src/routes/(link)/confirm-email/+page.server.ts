import { redirect } from '@sveltejs/kit';
import { confirmEmailChange } from '#lib/server/account/confirm-email-change.ts';
import { formAction } from '#lib/server/http/form.ts';
import { linkLoad } from '../link.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = linkLoad('change_email');

export const actions: Actions = {
	default: formAction(['token'], async (event, fields) => {
		const { services, session } = event.locals;
		const link = { token: fields.token, session };
		const changed = await confirmEmailChange(services, link, event.locals.context);
		if (!changed.ok) return changed;
		const isOwn = session?.user.id === changed.value.userId;
		redirect(303, isOwn ? '/account?done=email' : '/login?done=email');
	})
};
