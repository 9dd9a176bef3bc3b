/** The room that owns each table. */
export const tableOwners: Record<string, string> = {
	users: 'users',
	sessions: 'sessions',
	ended_sessions: 'sessions',
	one_time_tokens: 'one-time-tokens',
	outbox: 'email',
	rate_limits: 'rate-limit',
	signing_keys: 'keys',
	leases: 'db',
	migrations: 'db'
};

/** Joins for speed: a file of the room that owns the first table, and the other table that it reads. */
export const joins: Record<string, { table: string; reason: string }> = {
	'src/lib/server/sessions/store.ts': { table: 'users', reason: 'every page needs the session and its user' },
	'src/lib/server/users/store-bearers.ts': {
		table: 'ended_sessions',
		reason: 'every request with an access token needs its user and whether its session has ended'
	}
};
