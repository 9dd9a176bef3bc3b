import { redirect } from '@sveltejs/kit';
import { writeKnownBrowser } from '#lib/server/http/known-browser-cookie.ts';
import { formAction } from '#lib/server/http/form.ts';
import { readNextPath } from '#lib/server/http/next-path.ts';
import { readSessionToken, writeSessionToken } from '#lib/server/http/session-cookie.ts';
import { knownBrowserSeconds } from '#lib/server/rate-limit/known-browser.ts';
import { signUp } from '#lib/server/authentication/sign-up.ts';
import { sessionMaxAgeSeconds } from '#lib/server/sessions/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, request, url }) => {
	// After a failed form too the page is loaded: then it must show the form.
	if (locals.user && request.method !== 'POST') redirect(303, readNextPath(url));
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
		writeSessionToken(event, signedUp.value.token, sessionMaxAgeSeconds);
		writeKnownBrowser(event, signedUp.value.knownBrowser, knownBrowserSeconds);
		redirect(303, readNextPath(event.url));
	})
};
