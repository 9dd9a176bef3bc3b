import type { RequestEvent } from '@sveltejs/kit';
import type { Caller } from '../authentication/caller.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { type BrowserSession, findSession } from '../sessions/session.ts';
import { identifyByToken } from '../tokens/identify.ts';
import { readBearerToken } from './bearer.ts';
import { readSessionToken } from './session-cookie.ts';

export type CallerReason = 'authentication_required' | 'invalid_token';

/** Finds the session of the browser. If the request has an `Authorization` header, only that header counts. */
export async function findBrowserSession(event: RequestEvent): Promise<BrowserSession | undefined> {
	if (event.request.headers.has('authorization')) return undefined;
	const token = readSessionToken(event);
	if (!token) return undefined;
	const { services, context } = event.locals;
	return findSession(services.db, token, { now: context.now, prefix: context.peer.prefix });
}

/** Finds the user who calls the API, by an access token or by the session of the browser. */
export async function identifyCaller(event: RequestEvent): Promise<Outcome<Caller, CallerReason>> {
	const { services, context } = event.locals;
	const token = readBearerToken(event.request.headers.get('authorization'));
	if (!token.ok) return token;
	if (token.value === undefined) {
		const session = await findBrowserSession(event);
		return session ? accept(callerOf(session)) : refuse('authentication_required');
	}
	const identified = await identifyByToken(services, token.value, context.now);
	if (!identified.ok) {
		await context.audit.record(services.db, 'token.refused', { reason: identified.reason });
		return identified;
	}
	const { user, sessionId, issuedAt } = identified.value;
	return accept({ user, sessionId, issuedAt: issuedAt * 1000 });
}

/** The caller of an act: the user of a browser session. */
export function callerOf({ id, user, authenticatedAt }: BrowserSession): Caller {
	return { user, sessionId: id, authenticatedAt };
}
