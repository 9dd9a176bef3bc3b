import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `act` but settles no sooner than `ms` milliseconds, also when it fails, so that response times do not reveal which
 * path was taken (user enumeration).
 */
export async function withMinimumDuration<Value>(ms: number, act: () => Promise<Value>): Promise<Value> {
	const [result] = await Promise.allSettled([act(), sleep(ms)]);
	if (result.status === 'rejected') throw result.reason;
	return result.value;
}
