import type { StoredTimes } from '../db/stored-times.ts';

/** Without `ended_sessions`: what is listed there must outlive the access tokens that a wrong clock has issued. */
export const sessionTimes: StoredTimes<'sessions'> = {
	table: 'sessions',
	key: 'id',
	leads: { created_at: 0, last_seen_at: 0, refreshed_at: 0, authenticated_at: 0 },
	follows: { column: 'expires_at', leader: 'created_at' }
};
