import { redirect } from '@sveltejs/kit';
import { requestEmailChange } from '#lib/server/account/change-email.ts';
import { isRecentlyAuthenticated } from '#lib/server/authentication/confirm-identity.ts';
import { formAction } from '#lib/server/http/form.ts';
import { pageLoad } from '#lib/server/http/page-load.ts';
import { pageCaller } from '../caller.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = pageLoad(async ({ locals }) => {
	const caller = pageCaller(locals);
	return {
		email: caller.user.email,
		isRecent: await isRecentlyAuthenticated(locals.services, caller, locals.context.now)
	};
});

export const actions: Actions = {
	default: formAction(['email'], async (event, fields) => {
		const input = { caller: pageCaller(event.locals), fields };
		const requested = await requestEmailChange(event.locals.services, input, event.locals.context);
		if (!requested.ok) return requested;
		redirect(303, '/check-email?email=change');
	})
};
