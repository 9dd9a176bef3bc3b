import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `act`, but settles after at least `ms` milliseconds, even if it fails. So the response time does not reveal
 * whether an account exists (user enumeration).
 */
export async function withMinimumDuration<Value>(ms: number, act: () => Promise<Value>): Promise<Value> {
	const [result] = await Promise.allSettled([act(), sleep(ms)]);
	if (result.status === 'rejected') throw result.reason;
	return result.value;
}
