import { createHmac, type KeyObject } from 'node:crypto';
import type { LimitName, Quota, RateLimits } from '../config/limits.ts';
import type { LimitPolicy } from '../outcome.ts';
import type { Bucket } from './store.ts';

/** One limit for one subject: the bucket that counts, and the policy that a refused client learns. */
export interface Limit {
	bucket: Bucket;
	policy: LimitPolicy;
}

/** @param subject what is counted, such as an account; a keyed hash of it names the bucket */
export function findLimit(
	{ key, limits }: { key: KeyObject; limits: RateLimits },
	name: LimitName,
	subject: string
): Limit {
	const quota = limits[name];
	const bucketKey = createHmac('sha256', key).update(`${name} ${subject}`).digest('hex').slice(0, 32);
	return {
		bucket: { key: bucketKey, ...shapeOf(quota) },
		policy: { name, count: quota.count, windowSeconds: Math.ceil(quota.windowMs / 1_000) }
	};
}

/**
 * Half of the count as a burst, and half spread over the window. Together, they never exceed the count in any window.
 */
function shapeOf({ count, windowMs }: Quota): Pick<Bucket, 'capacity' | 'intervalMs'> {
	const capacity = Math.ceil(count / 2);
	return { capacity, intervalMs: Math.ceil(windowMs / (count - capacity)) };
}
