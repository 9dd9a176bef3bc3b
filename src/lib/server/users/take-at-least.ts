import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does something and tells what came of it after so many milliseconds at the earliest, also of a failure: what is quicker
 * than that cannot be told apart by its time.
 */
export async function takeAtLeast<Value>(ms: number, act: () => Promise<Value>): Promise<Value> {
	const [result] = await Promise.allSettled([act(), sleep(ms)]);
	if (result.status === 'rejected') throw result.reason;
	return result.value;
}
