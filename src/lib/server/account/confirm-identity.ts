import { limits, password } from '#lib/credentials.ts';
import type { Context } from '../context.ts';
import { type Fields, parseFields } from '../fields.ts';
import { accept, type FieldError, type Outcome, refuse } from '../outcome.ts';
import { isKnownDevice, limitLogIn } from '../rate-limit/limiter.ts';
import { findLastAuthentication, renewAuthentication } from '../sessions/session.ts';
import type { AccountServices, Caller } from './caller.ts';
import { findAccount } from './store.ts';

const minuteMs = 60_000;

export type ConfirmReason = 'recent_login_required' | 'invalid_fields' | 'too_many_requests';

/** Whether the password was shown lately enough for an act that a borrowed session must not be enough for. */
export async function isRecentlyAuthenticated(
	{ db, config }: Pick<AccountServices, 'db' | 'config'>,
	{ sessionId, authenticatedAt, issuedAt = 0 }: Caller,
	now = new Date()
): Promise<boolean> {
	// An access token of a session that goes on is no new log-in; of one that does not, it is.
	const at =
		authenticatedAt ?? (sessionId ? await findLastAuthentication(db, sessionId) : undefined) ?? issuedAt;
	return now.getTime() - at < config.recentLoginMinutes * minuteMs;
}

const parseCurrentPassword = (fields: Fields) =>
	parseFields({ current_password: password }, fields, {
		limits: { current_password: { max: limits.passwordMax } }
	});

/** What `current_password`, where it is given, shows to be wrong by itself: told together with the other fields. */
export function findCurrentPasswordFaults(fields: Fields): FieldError[] {
	if (fields.current_password === undefined) return [];
	const parsed = parseCurrentPassword(fields);
	return parsed.ok ? [] : (parsed.errors ?? []);
}

/**
 * Lets through who has logged in lately or shows the current password (OWASP ASVS 5.0, 7.5.1). A wrong one counts as a try
 * to log in. Throws an UnavailableError `overloaded` when there is no room for the hash in time.
 *
 * @param fields `current_password`, where it was asked for
 */
export async function confirmIdentity(
	services: AccountServices,
	{ caller, fields }: { caller: Caller; fields: Fields },
	context: Context = {}
): Promise<Outcome<undefined, ConfirmReason>> {
	const { now = new Date(), record = () => {} } = context;
	if (fields.current_password === undefined) {
		const isRecent = await isRecentlyAuthenticated(services, caller, now);
		return isRecent ? accept(undefined) : refuse('recent_login_required');
	}
	const parsed = parseCurrentPassword(fields);
	if (!parsed.ok) return parsed;
	const { id, email } = caller.user;
	const confirmed = await limitLogIn(
		services,
		{
			account: email,
			check: async () => {
				const isPreferred = isKnownDevice(services.limiter, email, context.client);
				const claim = { signal: context.signal, isPreferred };
				const stored = (await findAccount(services.db, { id }))?.hashed_password;
				const isRight = await services.hasher.verify(parsed.value.current_password, stored, claim);
				return isRight
					? accept(undefined)
					: refuse('invalid_fields', [{ field: 'current_password', code: 'incorrect' }]);
			}
		},
		context
	);
	if (!confirmed.ok) {
		const reason = confirmed.reason === 'invalid_fields' ? 'wrong_password' : confirmed.reason;
		record('identity.refused', { user_id: id, reason });
		return confirmed;
	}
	if (caller.authenticatedAt !== undefined && caller.sessionId) {
		await renewAuthentication(services.db, caller.sessionId, now);
	}
	return confirmed;
}
