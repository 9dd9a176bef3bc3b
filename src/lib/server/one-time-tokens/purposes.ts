import type { OneTimeTokensTable, UsersTable } from '../db/tables.ts';
import { hourMs, minuteMs } from '../durations.ts';

export type Purpose = OneTimeTokensTable['purpose'];

/** The state of a user to which a token may be bound. */
export type BindingState = Pick<UsersTable, 'email' | 'hashed_password' | 'email_verified_at'>;

/**
 * The life of each kind of token, and the state that must not have changed. A link becomes invalid when the state
 * changes that it was made to change (OWASP ASVS 5.0, 6.4.1 and 6.4.3).
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
	// An attacker who took over the account may have changed anything since, so the link is bound to nothing.
	undo_email_change: { lifetimeMs: 7 * 24 * hourMs, binds: () => [] }
};
