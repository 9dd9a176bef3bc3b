import type { StoredTimes } from '../db/stored-times.ts';
import { longestPauseMs } from './outbox.ts';

export const outboxTimes: StoredTimes<'outbox'> = {
	table: 'outbox',
	key: 'id',
	leads: { created_at: 0, due_at: longestPauseMs }
};
