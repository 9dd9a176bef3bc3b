import type { RequestEvent } from '@sveltejs/kit';
import type { Caller } from '#lib/server/authentication/caller.ts';
import { readBearerToken } from '#lib/server/http/bearer.ts';
import { accept, type Outcome, refuse } from '#lib/server/outcome.ts';
import { identifyByToken } from '#lib/server/tokens/identify.ts';

export type CallerReason = 'authentication_required' | 'invalid_token';

/** Who asks: the bearer of an access token, which stands alone, or the browser's session. */
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
