import type { SettingValues } from './values.ts';

const emailVerifications = ['off', 'optional', 'required'] as const;

export interface AccountConfig {
	/** Whether new users are sent a verification link, and whether they must use it before they can log in. */
	emailVerification: (typeof emailVerifications)[number];
	/** Minutes after a login during which sensitive changes do not ask for the password again. */
	recentLoginMinutes: number;
	/** Days until a requested account deletion takes effect; a login before then cancels it. */
	deletionPauseDays: number;
}

export function readAccount(values: SettingValues): AccountConfig {
	return {
		emailVerification: values.choice('EMAIL_VERIFICATION', emailVerifications, 'off'),
		recentLoginMinutes: values.integer('RECENT_LOGIN_MINUTES', { fallback: 10, min: 0, max: 1440 }),
		deletionPauseDays: values.integer('DELETION_PAUSE_DAYS', { fallback: 7, min: 0, max: 90 })
	};
}
