import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/server/http/form.ts';
import { writeLogin } from '#lib/server/http/login-cookies.ts';
import { readNextPath } from '#lib/server/http/next-path.ts';
import { readSessionToken } from '#lib/server/http/session-cookie.ts';
import { logIn } from '#lib/server/authentication/log-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, request, url }) => {
	// After a failed form too the page is loaded: then it must show the form.
	if (locals.session && request.method !== 'POST') redirect(303, readNextPath(url));
	return {
		done: url.searchParams.get('done'),
		pauseDays: locals.services.config.deletionPauseDays
	};
};

export const actions: Actions = {
	default: formAction(['email'], async (event, fields) => {
		const loggedIn = await logIn(
			event.locals.services,
			{ fields, replacedToken: readSessionToken(event) },
			event.locals.context
		);
		if (!loggedIn.ok) return loggedIn;
		writeLogin(event, loggedIn.value);
		redirect(303, readNextPath(event.url));
	})
};
