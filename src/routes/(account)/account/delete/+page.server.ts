import { redirect } from '@sveltejs/kit';
import { isRecentlyAuthenticated } from '#lib/server/authentication/confirm-identity.ts';
import { requestDeletion } from '#lib/server/account/delete-account.ts';
import { formAction } from '#lib/server/http/form.ts';
import { leavingHeaders } from '#lib/server/http/headers.ts';
import { pageLoad } from '#lib/server/http/page-load.ts';
import { clearSessionToken } from '#lib/server/http/session-cookie.ts';
import { pageCaller } from '../caller.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = pageLoad(async ({ locals }) => {
	const caller = pageCaller(locals);
	return {
		email: caller.user.email,
		isRecent: await isRecentlyAuthenticated(locals.services, caller, locals.context.now),
		pauseDays: locals.services.config.deletionPauseDays
	};
});

export const actions: Actions = {
	default: formAction([], async (event, fields) => {
		const { services } = event.locals;
		const input = { caller: pageCaller(event.locals), fields };
		const requested = await requestDeletion(services, input, event.locals.context);
		if (!requested.ok) return requested;
		clearSessionToken(event);
		event.setHeaders(leavingHeaders(event.url));
		redirect(303, `/login?done=${services.config.deletionPauseDays === 0 ? 'deleted' : 'deletion'}`);
	})
};
