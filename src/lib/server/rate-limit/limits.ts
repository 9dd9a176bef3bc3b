import { createHmac, type KeyObject } from 'node:crypto';
import type { Quota, RateLimits } from '../config/rate-limits.ts';
import type { Refusal } from '../outcome.ts';
import type { Bucket } from './store.ts';

/**
 * The policy, on one page.
 *
 * Of log-ins only those that fail count; a try counts from its beginning, so that many at once find no gap, and is given
 * back when the password was right or could not be checked. Nothing counts for everybody together.
 *
 * - `login-account-prefix`: one account from one address prefix, the usual guesser.
 * - `login-prefix`: all accounts from one prefix: one password tried on many. Not for addresses that hide many clients.
 * - `login-account`: one account from all prefixes, by browsers that are not known.
 * - `login-devices`: one account by browsers that have logged in to it before. They are held to none of the others before
 *   this is used up, so nobody else's guesses lock the owner out. Together with `login-account` at most 100 an hour
 *   (NIST SP 800-63B-4 §3.2.2).
 * - `register-prefix`: registrations from one prefix, those refused for a taken address too.
 * - `mail-address`: letters that anybody can have sent to one address, whether somebody has it or not.
 * - `mail-prefix`: letters asked for from one prefix.
 * - `register-address`: registrations of one address, where each sends a letter; beside the others, so that who has letters
 *   sent to somebody does not keep them from registering.
 */
const quotas = {
	'login-account-prefix': 'logInPerAccountAndPrefix',
	'login-prefix': 'logInPerPrefix',
	'login-account': 'logInPerAccount',
	'login-devices': 'logInPerKnownDevices',
	'register-prefix': 'registrationPerPrefix',
	'mail-address': 'lettersPerAddress',
	'register-address': 'lettersPerAddress',
	'mail-prefix': 'lettersPerPrefix'
} satisfies Record<string, keyof RateLimits>;

export type LimitName = keyof typeof quotas;

/** One limit for one subject: what is taken from, and what a refused client is told. */
export interface Limit {
	bucket: Bucket;
	policy: NonNullable<Refusal['limit']>;
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

/** Half at once and half spread over the window: never more than all of them in any span of its length. */
function shapeOf({ count, windowMs }: Quota): Pick<Bucket, 'capacity' | 'intervalMs'> {
	const capacity = Math.ceil(count / 2);
	return { capacity, intervalMs: Math.ceil(windowMs / (count - capacity)) };
}
