import type { RequestEvent } from '@sveltejs/kit';
import type { Caller } from '../authentication/caller.ts';
import { readBearerToken } from './bearer.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { identifyByToken } from '../tokens/identify.ts';

export type CallerReason = 'authentication_required' | 'invalid_token';

/** Finds the caller: the user of the access token if one is sent, otherwise of the browser’s session. */
export async function identifyCaller({
	request,
	locals
}: RequestEvent): Promise<Outcome<Caller, CallerReason>> {
	const token = readBearerToken(request.headers.get('authorization'));
	if (!token.ok) return token;
	if (token.value === undefined) {
		const { session } = locals;
		if (!session) return refuse('authentication_required');
		return accept({ user: session.user, sessionId: session.id, authenticatedAt: session.authenticatedAt });
	}
	const identified = await identifyByToken(locals.services, token.value);
	if (!identified.ok) {
		const { context, services } = locals;
		await context.audit.record(services.db, 'token.refused', { reason: identified.reason });
		return identified;
	}
	const { user, sessionId, issuedAt } = identified.value;
	return accept({ user, sessionId, issuedAt: issuedAt * 1000 });
}
