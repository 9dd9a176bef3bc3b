import type { Caller } from '#lib/server/authentication/caller.ts';
import { callerOf } from '#lib/server/http/identify-caller.ts';
import type { BrowserSession } from '#lib/server/sessions/session.ts';

/** The user of the account pages, which `hooks.server.ts` opens only to signed-in users. */
export function pageCaller({ session }: App.Locals): Caller {
	return callerOf(session as BrowserSession);
}
