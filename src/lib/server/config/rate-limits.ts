import type { SettingValues } from './values.ts';

/** At most so many acts in any span of so long: half of them at once, the others spread over it. */
export interface Quota {
	count: number;
	windowMs: number;
}

/** How many tries are answered; `rate-limit/limits.ts` says of what. */
export interface RateLimits {
	loginPerAccountAndPrefix: Quota;
	loginPerAccount: Quota;
	loginPerKnownBrowsers: Quota;
	loginPerPrefix: Quota;
	registrationPerPrefix: Quota;
	emailsPerAddress: Quota;
	emailsPerPrefix: Quota;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const minuteMs = unitMs.m;
const hourMs = unitMs.h;

/** NIST SP 800-63B-4 §3.2.2: at most so many failed tries against one account. */
const maxPerAccountAndHour = 100;

/** @returns undefined when limits are off */
export function readRateLimits(values: SettingValues, warnings: string[]): RateLimits | undefined {
	const limits: RateLimits = {
		loginPerAccountAndPrefix: readQuota(values, 'LOGIN_LIMIT', { count: 20, windowMs: 15 * minuteMs }),
		loginPerAccount: readQuota(values, 'LOGIN_LIMIT_ACCOUNT', { count: 80, windowMs: hourMs }),
		loginPerKnownBrowsers: readQuota(values, 'LOGIN_LIMIT_DEVICES', { count: 20, windowMs: hourMs }),
		loginPerPrefix: readQuota(values, 'LOGIN_LIMIT_PREFIX', { count: 200, windowMs: hourMs }),
		registrationPerPrefix: readQuota(values, 'REGISTER_LIMIT_PREFIX', { count: 60, windowMs: hourMs }),
		emailsPerAddress: readQuota(values, 'MAIL_LIMIT_ADDRESS', { count: 6, windowMs: hourMs }),
		emailsPerPrefix: readQuota(values, 'MAIL_LIMIT_PREFIX', { count: 60, windowMs: hourMs })
	};
	if (values.choice('RATE_LIMITS', ['on', 'off'], 'on') === 'off') {
		warnings.push('RATE_LIMITS is off: passwords can be guessed without limit. Use it for measuring only');
		return undefined;
	}
	const perHour = inAnHour(limits.loginPerAccount) + inAnHour(limits.loginPerKnownBrowsers);
	if (perHour > maxPerAccountAndHour) {
		warnings.push(
			`LOGIN_LIMIT_ACCOUNT and LOGIN_LIMIT_DEVICES together let ${perHour} guesses an hour at one account through: NIST SP 800-63B-4 wants ${maxPerAccountAndHour} at most`
		);
	}
	return limits;
}

function readQuota(values: SettingValues, variable: string, fallback: Quota): Quota {
	const text = values.text(variable);
	if (text === undefined) return fallback;
	const [, digits, length, unit] = /^([1-9]\d{0,5})\/([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
	const quota = { count: Number(digits), windowMs: Number(length) * unitMs[unit as keyof typeof unitMs] };
	if (quota.count >= 2 && quota.windowMs <= 30 * unitMs.d) return quota;
	values.report(
		variable,
		`"${text}" is not a limit: write a count from 2 on and a time of 30d at most, such as 20/15m or 100/1h`
	);
	return fallback;
}

/** The most that a quota lets through in any hour. */
function inAnHour({ count, windowMs }: Quota): number {
	if (windowMs >= hourMs) return count;
	const atOnce = Math.ceil(count / 2);
	return atOnce + Math.floor((hourMs / windowMs) * (count - atOnce));
}
