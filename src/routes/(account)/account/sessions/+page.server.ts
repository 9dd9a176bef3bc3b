import { redirect } from '@sveltejs/kit';
import { formAction } from '#lib/server/http/form.ts';
import { pageLoad } from '#lib/server/http/page-load.ts';
import { describeSession } from '#lib/server/sessions/described-session.ts';
import { endOtherSessions, endOwnSession, listOwnSessions } from '#lib/server/sessions/own-sessions.ts';
import { pageCaller } from '../caller.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = pageLoad(async ({ locals, url }) => {
	const { user, sessionId } = pageCaller(locals);
	const sessions = await listOwnSessions(locals.services.db, { userId: user.id, currentId: sessionId });
	return { sessions: sessions.map(describeSession), done: url.searchParams.get('done') };
});

export const actions: Actions = {
	// One session by its id, or all others.
	default: formAction([], async (event, { session }) => {
		const { user, sessionId } = pageCaller(event.locals);
		const context = event.locals.context;
		if (typeof session !== 'string') {
			const others = { userId: user.id, exceptId: sessionId };
			await endOtherSessions(event.locals.services, others, context);
			redirect(303, '/account/sessions?done=others');
		}
		const one = { userId: user.id, sessionId: session };
		const ended = await endOwnSession(event.locals.services, one, context);
		// One that has ended meanwhile is as the person wanted it.
		if (!ended.ok && ended.reason !== 'not_found') return ended;
		redirect(303, session === sessionId ? '/login' : '/account/sessions?done=ended');
	})
};
