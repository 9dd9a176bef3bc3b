import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/server/http/form.ts';
import { leavingHeaders } from '#lib/server/http/headers.ts';
import { clearSessionToken, readSessionToken } from '#lib/server/http/session-cookie.ts';
import { endSession } from '#lib/server/sessions/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, request }) => {
	if (!locals.session && request.method !== 'POST') redirect(303, '/login');
};

export const actions: Actions = {
	default: formAction([], async (event) => {
		const token = readSessionToken(event);
		if (token) await endSession(event.locals.services.db, token);
		const { session, services, context } = event.locals;
		if (session) await context.audit.record(services.db, 'session.ended', { user_id: session.user.id });
		clearSessionToken(event);
		event.setHeaders(leavingHeaders(event.url));
		redirect(303, '/login');
	})
};
