import { requestContext } from '#lib/server/http/client.ts';
import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { endOwnSession } from '#lib/server/sessions/own-sessions.ts';
import { identifyCaller } from '../../caller.ts';
import { nothing } from '../../privately.ts';

export const DELETE = endpoint<ReasonsOf<'DELETE /me/sessions/{id}'>>(async (event) => {
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const { id: sessionId = '' } = event.params;
	const session = { userId: caller.value.user.id, sessionId };
	const ended = await endOwnSession(event.locals.services, session, requestContext(event));
	return ended.ok ? nothing() : ended;
});
