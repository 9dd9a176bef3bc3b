import { redirect } from '@sveltejs/kit';
import { requestContext } from '#lib/server/http/client.ts';
import { writeDevice } from '#lib/server/http/device-cookie.ts';
import { formAction } from '#lib/server/http/form.ts';
import { readNextPath } from '#lib/server/http/next-path.ts';
import { readSessionToken, writeSessionToken } from '#lib/server/http/session-cookie.ts';
import { knownDeviceSeconds } from '#lib/server/rate-limit/known-device.ts';
import { signUp } from '#lib/server/sessions/log-in.ts';
import { sessionMaxAgeSeconds } from '#lib/server/sessions/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, request, url }) => {
	// After a failed form too the page is loaded: then it must show the form.
	if (locals.user && request.method !== 'POST') redirect(303, readNextPath(url));
	return { passwordMinLength: locals.services.passwordMinLength };
};

export const actions: Actions = {
	default: formAction(['email', 'first_name', 'last_name'], async (event, fields) => {
		const signedUp = await signUp(
			event.locals.services,
			{ fields, replacedToken: readSessionToken(event) },
			requestContext(event)
		);
		if (!signedUp.ok) return signedUp;
		if (!signedUp.value) redirect(303, '/check-mail?letter=verification');
		writeSessionToken(event, signedUp.value.token, sessionMaxAgeSeconds);
		writeDevice(event, signedUp.value.device, knownDeviceSeconds);
		redirect(303, readNextPath(event.url));
	})
};
