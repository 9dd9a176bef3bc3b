import type { Algorithm } from '../config/signing.ts';
import { accessTokenRetentionMs, minuteMs } from '../durations.ts';

/**
 * A key is published for this long before it signs. Verifiers cache the keys for a shorter time: 5 minutes according to
 * `Cache-Control`, 10 minutes in jose.
 */
export const leadMs = 15 * minuteMs;
/**
 * The same for an immediate rotation. By then, every instance has read the table (15 s), and verifiers may fetch the
 * keys again (jose after 30 s).
 */
export const shortLeadMs = minuteMs;

/** When a key signs. Its state follows from the clock, so instances agree without communicating. */
export interface ScheduledKey {
	kid: string;
	generation: number;
	algorithm: string;
	activates_at: number;
}

export type KeyState = 'next' | 'current' | 'retired';

/** The key that signs: the newest active one. @param keys the newest first */
export function findCurrent<Key extends ScheduledKey>(
	keys: readonly Key[],
	algorithm: Algorithm,
	now: number
): Key | undefined {
	const own = keys.filter((key) => key.algorithm === algorithm);
	// The very first key signs immediately, even if this clock is behind that of the instance that made it.
	return own.find(({ activates_at }) => activates_at <= now) ?? own.at(-1);
}

export function stateOf(keys: readonly ScheduledKey[], key: ScheduledKey, now: number): KeyState {
	if (findRetirement(keys, key) <= now) return 'retired';
	return key.activates_at > now ? 'next' : 'current';
}

/** The time when a newer key takes over. */
function findRetirement(keys: readonly ScheduledKey[], { generation }: ScheduledKey): number {
	const newer = keys.filter((key) => key.generation > generation);
	return Math.min(...newer.map(({ activates_at }) => activates_at));
}

export interface KeyPlan {
	/** When a key that must be made now becomes active. */
	newKeyAt?: number;
	/** Keys whose last token has expired. */
	expired: string[];
}

/**
 * Plans the work that is due.
 *
 * @param keys all keys, the newest first
 * @param rotationMs how long a key signs; 0 means until an operator rotates it
 */
export function planKeys(
	keys: readonly ScheduledKey[],
	{ algorithm, rotationMs }: { algorithm: Algorithm; rotationMs: number },
	now: number
): KeyPlan {
	const expired = keys
		.filter((key) => findRetirement(keys, key) + accessTokenRetentionMs <= now)
		.map(({ kid }) => kid);
	const newest = keys.find((key) => key.algorithm === algorithm && !expired.includes(key.kid));
	if (!newest) return { newKeyAt: now, expired };
	const isDue = rotationMs > 0 && newest.activates_at + rotationMs - leadMs <= now;
	return isDue ? { newKeyAt: now + leadMs, expired } : { expired };
}
