import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import { type Refreshed, startRefreshSession } from '../sessions/refresh-token.ts';
import { grantTokens, type TokenResponse } from '../tokens/token-response.ts';
import { authenticate, type LoginReason } from './authenticate.ts';
import { type Authenticated, completeLogin } from './complete-login.ts';
import type { LoginServices } from './login-services.ts';
import type { RefreshServices } from './refresh-grant.ts';

type StartedSession = Omit<Refreshed, 'user'>;

/** Exchanges an email address and a password for tokens (RFC 6749 §4.3). */
export async function exchangePassword(
	services: LoginServices & RefreshServices,
	fields: Fields,
	context: Context
): Promise<Outcome<TokenResponse, LoginReason>> {
	const { offline = false } = fields;
	if (typeof offline !== 'boolean') {
		return refuse('invalid_fields', { errors: [{ field: 'offline', code: 'wrong_type' }] });
	}
	const authenticated = await authenticate(services, fields, context);
	if (!authenticated.ok) return authenticated;
	const user = authenticated.value;
	const wantsRefreshToken = offline || includesOfflineAccess(fields.scope);
	const login = { user, wantsRefreshToken };
	// Without a session, the token counts from the time of the request: a later change of the password revokes it.
	if (!wantsRefreshToken && user.deletes_at === null) {
		await context.audit.record(services.db, 'login.succeeded', { user_id: user.id, via: 'token' });
		return grantTokens(services.tokenSigner, { user }, context.now);
	}
	const started = await startLogin(services, login, context);
	if (!started.ok) return started;
	return grantTokens(services.tokenSigner, { user, session: started.value }, context.now);
}

async function startLogin(
	{ db, outbox, refreshPolicy: policy }: LoginServices & RefreshServices,
	{ user, wantsRefreshToken }: { user: Authenticated; wantsRefreshToken: boolean },
	context: Context
): Promise<Outcome<StartedSession | undefined, 'invalid_credentials'>> {
	const { now, peer } = context;
	return transact<StartedSession | undefined, 'invalid_credentials'>(db, async (transaction) => {
		const completed = await completeLogin(transaction, { outbox, user, via: 'token' }, context);
		if (!completed.ok || !wantsRefreshToken) return completed;
		return accept(await startRefreshSession(transaction, { userId: user.id, policy, peer }, now));
	});
}

function includesOfflineAccess(scope: unknown): boolean {
	return typeof scope === 'string' && scope.split(' ').includes('offline_access');
}
