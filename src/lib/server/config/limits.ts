import { dayMs, hourMs, minuteMs, secondMs } from '../durations.ts';
import type { SettingValues } from './values.ts';

/** At most `count` acts in any window: half of them as a burst, the rest spread over the window. */
export interface Quota {
	count: number;
	windowMs: number;
}

/** One setting for two limits. */
const addressLimit = { setting: 'EMAIL_LIMIT_ADDRESS', quota: { count: 6, windowMs: hourMs } };

/**
 * All limits, each with its setting and its default.
 *
 * For logins, only failed attempts count. An attempt counts from its start, so that concurrent attempts cannot exceed
 * the limit. It is given back if the password was right or could not be checked. No limit is shared by all accounts.
 */
const limitTable = {
	/** One account from one address prefix: the usual guessing attack. */
	'login-account-prefix': { setting: 'LOGIN_LIMIT', quota: { count: 20, windowMs: 15 * minuteMs } },
	/** One account from all prefixes, by unknown browsers. */
	'login-account': { setting: 'LOGIN_LIMIT_ACCOUNT', quota: { count: 80, windowMs: hourMs } },
	/**
	 * One account by browsers that have logged in to it before. The other limits apply to them only after this one is used
	 * up, so that guesses from other addresses cannot lock the owner out.
	 */
	'login-known-browsers': { setting: 'LOGIN_LIMIT_KNOWN_BROWSERS', quota: { count: 20, windowMs: hourMs } },
	/**
	 * All accounts from one prefix: one password tried on many accounts. Does not apply to addresses that many clients may
	 * share.
	 */
	'login-prefix': { setting: 'LOGIN_LIMIT_PREFIX', quota: { count: 200, windowMs: hourMs } },
	/** Registrations from one prefix, including those refused for a taken address. */
	'register-prefix': { setting: 'REGISTER_LIMIT_PREFIX', quota: { count: 60, windowMs: hourMs } },
	/** Emails that anyone can request for one address, whether it belongs to a user or not. */
	'email-address': addressLimit,
	/**
	 * Registrations of one address, if each sends an email. Separate from `email-address`, so that a flood of emails to an
	 * address cannot stop its owner from registering.
	 */
	'register-address': addressLimit,
	/** Emails requested from one prefix. */
	'email-prefix': { setting: 'EMAIL_LIMIT_PREFIX', quota: { count: 60, windowMs: hourMs } }
} satisfies Record<string, { setting: string; quota: Quota }>;

export type LimitName = keyof typeof limitTable;
export type RateLimits = Record<LimitName, Quota>;

/** NIST SP 800-63B-4 §3.2.2: the most failed attempts against one account in an hour. */
const maxPerAccountAndHour = 100;

const unitMs = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs };

/** @returns undefined when limits are off */
export function readRateLimits(values: SettingValues, warnings: string[]): RateLimits | undefined {
	const limits = readLimits(values);
	if (values.choice('RATE_LIMITS', ['on', 'off'], 'on') === 'off') {
		warnings.push('RATE_LIMITS is off: passwords can be guessed without limit. Use it for measuring only');
		return undefined;
	}
	const perHour = inAnHour(limits['login-account']) + inAnHour(limits['login-known-browsers']);
	if (perHour > maxPerAccountAndHour) {
		warnings.push(
			`LOGIN_LIMIT_ACCOUNT and LOGIN_LIMIT_KNOWN_BROWSERS together allow ${perHour} guesses an hour at one account: NIST SP 800-63B-4 allows ${maxPerAccountAndHour}`
		);
	}
	return limits;
}

/** Reads each setting once, so that a setting of two limits is reported once. */
function readLimits(values: SettingValues): RateLimits {
	const rows = Object.entries(limitTable);
	const defaults = new Map(rows.map(([, { setting, quota }]) => [setting, quota]));
	const quotas = new Map(
		[...defaults].map(([setting, quota]) => [setting, readQuota(values, setting, quota)])
	);
	return Object.fromEntries(rows.map(([name, { setting }]) => [name, quotas.get(setting)])) as RateLimits;
}

function readQuota(values: SettingValues, setting: string, fallback: Quota): Quota {
	const text = values.text(setting);
	if (text === undefined) return fallback;
	const [, digits, length, unit] = /^([1-9]\d{0,5})\/([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
	const quota = { count: Number(digits), windowMs: Number(length) * unitMs[unit as keyof typeof unitMs] };
	if (quota.count >= 2 && quota.windowMs <= 30 * dayMs) return quota;
	const problem = `"${text}" is not a limit: write a count of at least 2 and a window of at most 30d, such as 20/15m or 100/1h`;
	values.report(setting, problem);
	return fallback;
}

/** The most acts that a quota allows in any hour. */
function inAnHour({ count, windowMs }: Quota): number {
	if (windowMs >= hourMs) return count;
	const burst = Math.ceil(count / 2);
	return burst + Math.floor((hourMs / windowMs) * (count - burst));
}
