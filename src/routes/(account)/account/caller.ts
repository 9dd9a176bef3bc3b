import type { Caller } from '#lib/server/authentication/caller.ts';
import type { BrowserSession } from '#lib/server/sessions/session.ts';

/** Whose account it is; hooks.server.ts lets only the signed-in through. */
export function callerOf({ session }: App.Locals): Caller {
	const { id, user, authenticatedAt } = session as BrowserSession;
	return { user, sessionId: id, authenticatedAt };
}
