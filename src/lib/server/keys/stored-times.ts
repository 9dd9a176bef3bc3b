import type { StoredTimes } from '../db/stored-times.ts';
import { leadMs } from './key-schedule.ts';

export const signingKeyTimes: StoredTimes<'signing_keys'> = {
	table: 'signing_keys',
	key: 'kid',
	leads: { created_at: 0, activates_at: leadMs }
};
