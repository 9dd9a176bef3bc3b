import type { StoredTimes } from '../db/stored-times.ts';

/** Without `email_verified_at`, to which links are bound. */
export const userTimes: StoredTimes<'users'> = {
	table: 'users',
	key: 'id',
	leads: { created_at: 0, updated_at: 0, tokens_valid_from: 0 }
};
