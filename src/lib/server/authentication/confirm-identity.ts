import { password } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import { maxSkewMs } from '../db/clocks.ts';
import { minuteMs } from '../durations.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type FieldError, fieldErrorsOf, type Outcome, refuse } from '../outcome.ts';
import { isKnownBrowser, limitLogin } from '../rate-limit/limiter.ts';
import { findLastAuthentication, renewAuthentication } from '../sessions/session.ts';
import { findAccount } from '../users/store.ts';
import type { Caller } from './caller.ts';
import type { LoginServices } from './login-services.ts';

export type ConfirmReason = 'recent_login_required' | 'invalid_fields' | 'too_many_requests';

/** Whether the password was entered recently enough for a sensitive act. An unattended session alone is not enough. */
export async function isRecentlyAuthenticated(
	{ db, config }: Pick<LoginServices, 'db' | 'config'>,
	{ sessionId, authenticatedAt, issuedAt = 0 }: Caller,
	now: Date
): Promise<boolean> {
	// Refreshing a session is not a new login. Without a session, the access token was issued at the login itself.
	const at =
		authenticatedAt ?? (sessionId ? await findLastAuthentication(db, sessionId) : undefined) ?? issuedAt;
	const age = now.getTime() - at;
	// A time in the future comes from a clock that was wrong.
	return age > -maxSkewMs && age < config.recentLoginMinutes * minuteMs;
}

const parseCurrentPassword = (fields: Fields) => parseFields({ current_password: password }, fields);

/**
 * The format errors of `current_password`, if it was sent. They are reported together with those of the other fields.
 */
export function findCurrentPasswordErrors(fields: Fields): FieldError[] {
	if (fields.current_password === undefined) return [];
	const parsed = parseCurrentPassword(fields);
	return parsed.ok ? [] : fieldErrorsOf(parsed);
}

/**
 * Accepts a user who has logged in recently or enters the current password (OWASP ASVS 5.0, 7.5.1). A wrong password
 * counts as a failed login.
 *
 * @param fields `current_password`, if it was sent
 * @throws UnavailableError `overloaded` when the hash cannot be computed in time
 */
export async function confirmIdentity(
	services: LoginServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context
): Promise<Outcome<undefined, ConfirmReason>> {
	const { now, audit } = context;
	if (fields.current_password === undefined) {
		const isRecent = await isRecentlyAuthenticated(services, caller, now);
		return isRecent ? accept(undefined) : refuse('recent_login_required');
	}
	const parsed = parseCurrentPassword(fields);
	if (!parsed.ok) return parsed;
	const { id, email } = caller.user;
	const check = () =>
		checkCurrentPassword(services, { caller, given: parsed.value.current_password }, context);
	const confirmed = await limitLogin(services, { account: email, check }, context);
	if (!confirmed.ok) {
		const reason = confirmed.reason === 'invalid_fields' ? 'wrong_password' : confirmed.reason;
		await audit.record(services.db, 'identity.refused', { user_id: id, reason });
		return confirmed;
	}
	if (caller.authenticatedAt !== undefined && caller.sessionId) {
		await renewAuthentication(services.db, caller.sessionId, now);
	}
	return confirmed;
}

async function checkCurrentPassword(
	{ db, hasher, limiter }: LoginServices,
	{ caller: { user }, given }: { caller: Caller; given: string },
	{ peer, signal }: Context
): Promise<Outcome<undefined, 'invalid_fields'>> {
	const isPreferred = isKnownBrowser(limiter, user.email, peer);
	const stored = (await findAccount(db, { id: user.id }))?.hashed_password;
	const isRight = await hasher.verify(given, stored, { signal, isPreferred });
	return isRight
		? accept(undefined)
		: refuse('invalid_fields', { errors: [{ field: 'current_password', code: 'incorrect' }] });
}
