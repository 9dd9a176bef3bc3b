import { createHmac, type KeyObject } from 'node:crypto';
import type { Quota, RateLimits } from '../config/rate-limits.ts';
import type { LimitPolicy } from '../outcome.ts';
import type { Bucket } from './store.ts';

/**
 * The policy, on one page.
 *
 * Only failed logins count. An attempt counts from its start, so that concurrent attempts find no gap. It is given back when
 * the password was right or could not be checked. No limit is shared by all accounts.
 *
 * - `login-account-prefix`: one account from one address prefix, the usual guessing attack.
 * - `login-prefix`: all accounts from one prefix, such as one password tried on many accounts. Not applied to addresses that
 *   many clients may share.
 * - `login-account`: one account from all prefixes, by browsers that are not known.
 * - `login-known-browsers`: one account by browsers that have logged in to it before. The other limits apply to them only
 *   after this one is used up, so that guesses from elsewhere cannot lock the owner out. Together with `login-account` at
 *   most 100 an hour (NIST SP 800-63B-4 §3.2.2).
 * - `register-prefix`: registrations from one prefix, including those refused for a taken address.
 * - `email-address`: emails that anyone can request for one address, whether it belongs to a user or not.
 * - `email-prefix`: emails requested from one prefix.
 * - `register-address`: registrations of one address, where each sends an email. Separate from `email-address`, so that
 *   flooding an inbox cannot stop its owner from registering.
 */
const quotas = {
	'login-account-prefix': 'loginPerAccountAndPrefix',
	'login-prefix': 'loginPerPrefix',
	'login-account': 'loginPerAccount',
	'login-known-browsers': 'loginPerKnownBrowsers',
	'register-prefix': 'registrationPerPrefix',
	'email-address': 'emailsPerAddress',
	'register-address': 'emailsPerAddress',
	'email-prefix': 'emailsPerPrefix'
} satisfies Record<string, keyof RateLimits>;

export type LimitName = keyof typeof quotas;

/** One limit for one subject: the bucket that counts, and the policy that a refused client is told. */
export interface Limit {
	bucket: Bucket;
	policy: LimitPolicy;
}

export function findLimit(
	{ key, limits }: { key: KeyObject; limits: RateLimits },
	name: LimitName,
	subject: string
): Limit {
	const quota = limits[quotas[name]];
	const bucketKey = createHmac('sha256', key).update(`${name} ${subject}`).digest('hex').slice(0, 32);
	return {
		bucket: { key: bucketKey, ...shapeOf(quota) },
		policy: { name, count: quota.count, windowSeconds: Math.ceil(quota.windowMs / 1_000) }
	};
}

/** Half of the count as a burst and half spread over the window: never more than the count in any window. */
function shapeOf({ count, windowMs }: Quota): Pick<Bucket, 'capacity' | 'intervalMs'> {
	const capacity = Math.ceil(count / 2);
	return { capacity, intervalMs: Math.ceil(windowMs / (count - capacity)) };
}
