import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/server/http/form.ts';
import { writeLogin } from '#lib/server/http/login-cookies.ts';
import { readNextPath } from '#lib/server/http/next-path.ts';
import { readSessionToken } from '#lib/server/http/session-cookie.ts';
import { signUp } from '#lib/server/authentication/sign-up.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, request, url }) => {
	// After a failed form too the page is loaded: then it must show the form.
	if (locals.session && request.method !== 'POST') redirect(303, readNextPath(url));
	return { passwordMinLength: locals.services.config.passwordMinLength };
};

export const actions: Actions = {
	default: formAction(['email', 'first_name', 'last_name'], async (event, fields) => {
		const signedUp = await signUp(
			event.locals.services,
			{ fields, replacedToken: readSessionToken(event) },
			event.locals.context
		);
		if (!signedUp.ok) return signedUp;
		if (!signedUp.value) redirect(303, '/check-email?email=verification');
		writeLogin(event, signedUp.value);
		redirect(303, readNextPath(event.url));
	})
};
