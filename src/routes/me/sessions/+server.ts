import { endpoint } from '#lib/server/http/endpoint.ts';
import type { ReasonsOf } from '#lib/server/openapi/operations.ts';
import { describeSession } from '#lib/server/sessions/described-session.ts';
import { endOtherSessions, listOwnSessions } from '#lib/server/sessions/own-sessions.ts';
import { identifyCaller } from '#lib/server/http/identify-caller.ts';
import { noContent, noStoreJson } from '#lib/server/http/no-store.ts';

export const GET = endpoint<ReasonsOf<'GET /me/sessions'>>(async (event) => {
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const { user, sessionId } = caller.value;
	const { db } = event.locals.services;
	const sessions = await listOwnSessions(db, { userId: user.id, currentId: sessionId });
	return noStoreJson({ sessions: sessions.map(describeSession) });
});

export const DELETE = endpoint<ReasonsOf<'DELETE /me/sessions'>>(async (event) => {
	const caller = await identifyCaller(event);
	if (!caller.ok) return caller;
	const { user, sessionId } = caller.value;
	const others = { userId: user.id, exceptId: sessionId };
	await endOtherSessions(event.locals.services, others, event.locals.context);
	return noContent();
});
