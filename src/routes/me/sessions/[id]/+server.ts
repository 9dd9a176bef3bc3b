import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { endOwnSession } from '#lib/server/sessions/own-sessions.ts';
import { identifyCaller } from '#lib/server/http/identify-caller.ts';
import { noContent } from '#lib/server/http/no-store.ts';

export const DELETE = endpoint<ReasonsOf<'DELETE /me/sessions/{id}'>>(async (event) => {
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const { id: sessionId = '' } = event.params;
	const session = { userId: caller.value.user.id, sessionId };
	const ended = await endOwnSession(event.locals.services, session, event.locals.context);
	return ended.ok ? noContent() : ended;
});
