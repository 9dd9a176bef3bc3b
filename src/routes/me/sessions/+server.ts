import { endpoint } from '#lib/server/http/endpoint.ts';
import { noContent, noStoreJson } from '#lib/server/http/no-store.ts';
import { describeSession } from '#lib/server/sessions/described-session.ts';
import { endOtherSessions, listOwnSessions } from '#lib/server/sessions/own-sessions.ts';
import * as operation from './operation.ts';

export const GET = endpoint(operation.GET, async ({ services, caller: { user, sessionId }, context }) => {
	const own = { userId: user.id, currentId: sessionId };
	const sessions = await listOwnSessions(services.db, own, context.now);
	return noStoreJson({ sessions: sessions.map(describeSession) });
});

export const DELETE = endpoint(
	operation.DELETE,
	async ({ services, caller: { user, sessionId }, context }) => {
		await endOtherSessions(services, { userId: user.id, exceptId: sessionId }, context);
		return noContent();
	}
);
