import { redirect } from '@sveltejs/kit';
import { changePassword } from '#lib/server/account/change-password.ts';
import { isRecentlyAuthenticated } from '#lib/server/authentication/confirm-identity.ts';
import { formAction } from '#lib/server/http/form.ts';
import { pageLoad } from '#lib/server/http/page-load.ts';
import { pageCaller } from '../caller.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = pageLoad(async ({ locals }) => {
	const caller = pageCaller(locals);
	const { email, first_name, last_name } = caller.user;
	return {
		person: { email, first_name, last_name },
		isRecent: await isRecentlyAuthenticated(locals.services, caller, locals.context.now),
		passwordMinLength: locals.services.config.passwordMinLength
	};
});

export const actions: Actions = {
	default: formAction([], async (event, fields) => {
		const input = { caller: pageCaller(event.locals), fields };
		const changed = await changePassword(event.locals.services, input, event.locals.context);
		if (!changed.ok) return changed;
		redirect(303, '/account?done=password');
	})
};
