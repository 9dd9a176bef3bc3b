import type { OneTimeTokensTable, UsersTable } from '../db/tables.ts';
import { hourMs, minuteMs } from '../durations.ts';

export type Purpose = OneTimeTokensTable['purpose'];

/** What of a user a token may be bound to. */
export type BindingState = Pick<UsersTable, 'email' | 'hashed_password' | 'email_verified_at'>;

/**
 * How long each token is good, and what must not have changed meanwhile: a link dies with the state that it was made to
 * change (OWASP ASVS 5.0, 6.4.1 and 6.4.3).
 */
export const purposes: Record<
	Purpose,
	{ lifetimeMs: number; binds: (user: BindingState) => (string | number | null)[] }
> = {
	verify_email: {
		lifetimeMs: 24 * hourMs,
		binds: ({ email, email_verified_at }) => [email, email_verified_at]
	},
	reset_password: {
		lifetimeMs: 30 * minuteMs,
		binds: ({ email, hashed_password }) => [email, hashed_password]
	},
	change_email: {
		lifetimeMs: 24 * hourMs,
		binds: ({ email, hashed_password }) => [email, hashed_password]
	},
	// Whoever took the account over may have changed anything since.
	undo_email_change: { lifetimeMs: 7 * 24 * hourMs, binds: () => [] }
};
