import { endpoint } from '#lib/server/http/endpoint.ts';
import { noContent } from '#lib/server/http/no-store.ts';
import { endOwnSession } from '#lib/server/sessions/own-sessions.ts';
import * as operation from './operation.ts';

export const DELETE = endpoint(operation.DELETE, async ({ event, services, caller, context }) => {
	const session = { userId: caller.user.id, sessionId: event.params.id ?? '' };
	const ended = await endOwnSession(services, session, context);
	return ended.ok ? noContent() : ended;
});
