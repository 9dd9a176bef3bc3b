import type { StoredTimes } from '../db/stored-times.ts';

export const oneTimeTokenTimes: StoredTimes<'one_time_tokens'> = {
	table: 'one_time_tokens',
	key: 'token_hash',
	leads: { created_at: 0, used_at: 0 },
	follows: { column: 'expires_at', leader: 'created_at' }
};
