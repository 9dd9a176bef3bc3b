import type { Context } from '../context.ts';
import { transact } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { type Outcome, refuse } from '../outcome.ts';
import { type Refreshed, startRefreshSession } from '../sessions/refresh-token.ts';
import { admit, recordLogIn } from '../users/admission.ts';
import { authenticate, type Authenticator, type LogInReason } from '../users/authenticate.ts';
import { type Refresher, type RefreshReason, refreshTokens } from './refresh.ts';
import { grantTokens, type TokenResponse } from './token-response.ts';

/** Exchanges what a client has for tokens, as `grant_type` says: an e-mail and a password, or a refresh token. */
export async function exchangeTokens(
	services: Authenticator & Refresher,
	fields: Fields,
	context: Context = {}
): Promise<Outcome<TokenResponse, LogInReason | RefreshReason | 'unsupported_grant_type'>> {
	// A parameter without a value counts as left out (RFC 6749 §3.2).
	const grantType = fields.grant_type === '' ? undefined : fields.grant_type;
	if (grantType === undefined || grantType === 'password') return exchangePassword(services, fields, context);
	// A password under the name of the other grant is neither.
	const isRefresh = grantType === 'refresh_token' && (fields.refresh_token || !fields.password);
	return isRefresh ? refreshTokens(services, fields, context) : refuse('unsupported_grant_type');
}

async function exchangePassword(
	services: Authenticator & Refresher,
	fields: Fields,
	context: Context
): Promise<Outcome<TokenResponse, LogInReason>> {
	const { offline = false } = fields;
	if (typeof offline !== 'boolean') {
		return refuse('invalid_fields', [{ field: 'offline', code: 'wrong_type' }]);
	}
	const { now = new Date(), client } = context;
	const authenticated = await authenticate(services, fields, { ...context, now });
	if (!authenticated.ok) return authenticated;
	const user = authenticated.value;
	const { db, outbox, refreshPolicy: policy } = services;
	const goesOn = offline || asksForOffline(fields.scope);
	let isBack = false;
	let session: Omit<Refreshed, 'user'> | undefined;
	// A token alone is as old as the request: what changed the password meanwhile refuses it.
	if (goesOn || user.deletes_at !== null) {
		const started = await transact(db, async (transaction) => {
			const admitted = await admit(transaction, { outbox, user }, { ...context, now });
			if (!admitted.ok || !goesOn) return admitted;
			session = await startRefreshSession(transaction, { userId: user.id, policy, client }, now);
			return admitted;
		});
		if (!started.ok) return started;
		isBack = started.value.isBack;
	}
	recordLogIn(user, { isBack, via: 'token' }, context);
	return grantTokens(services.tokenSigner, { user, session }, now);
}

function asksForOffline(scope: unknown): boolean {
	return typeof scope === 'string' && scope.split(' ').includes('offline_access');
}
