import type { SettingValues } from './values.ts';

const emailVerifications = ['off', 'optional', 'required'] as const;

export interface AccountConfig {
	/** Whether new users are asked to prove their address, and whether they have to before they log in. */
	emailVerification: (typeof emailVerifications)[number];
	/** For so long after a log-in the password is not asked for again. */
	recentLoginMinutes: number;
	/** How long who wants to leave may come back. */
	deletionPauseDays: number;
}

export function readAccount(values: SettingValues): AccountConfig {
	return {
		emailVerification: values.choice('EMAIL_VERIFICATION', emailVerifications, 'off'),
		recentLoginMinutes: values.integer('RECENT_LOGIN_MINUTES', { fallback: 10, min: 0, max: 1440 }),
		deletionPauseDays: values.integer('DELETION_PAUSE_DAYS', { fallback: 7, min: 0, max: 90 })
	};
}
