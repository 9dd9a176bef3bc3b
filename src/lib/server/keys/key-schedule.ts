import type { Algorithm } from '../config/signing.ts';
import { accessTokenSeconds, minuteMs } from '../durations.ts';

/** A key is published for so long before it signs: longer than others keep the keys (5 minutes as told, jose 10). */
export const leadMs = 15 * minuteMs;
/** In a hurry: until every instance has read the table (15 s), and verifiers may look again (jose after 30 s). */
export const shortLeadMs = minuteMs;
/** A key is published for so long after it last signed: the life of a token, and what clocks may differ. */
const retentionMs = accessTokenSeconds * 1000 + 5 * minuteMs;

/** When a key signs. Its state follows from the clock, so instances agree on it without a word. */
export interface ScheduledKey {
	kid: string;
	generation: number;
	algorithm: string;
	activates_at: number;
}

export type KeyState = 'next' | 'current' | 'retired';

/** The key that signs: the newest that has begun to. @param keys the newest first */
export function findCurrent<Key extends ScheduledKey>(
	keys: readonly Key[],
	algorithm: Algorithm,
	now: number
): Key | undefined {
	const own = keys.filter((key) => key.algorithm === algorithm);
	// The first of all has nothing to wait for, also by a clock that is behind its maker's.
	return own.find(({ activates_at }) => activates_at <= now) ?? own.at(-1);
}

export function stateOf(keys: readonly ScheduledKey[], key: ScheduledKey, now: number): KeyState {
	if (findRetirement(keys, key) <= now) return 'retired';
	return key.activates_at > now ? 'next' : 'current';
}

/** When a newer key takes over. */
function findRetirement(keys: readonly ScheduledKey[], { generation }: ScheduledKey): number {
	const newer = keys.filter((key) => key.generation > generation);
	return Math.min(...newer.map(({ activates_at }) => activates_at));
}

export interface KeyPlan {
	/** When a key that is to be made now begins to sign. */
	newKeyAt?: number;
	/** Keys whose last token has expired. */
	expired: string[];
}

/**
 * What is to be done with the keys.
 *
 * @param keys all of them, the newest first
 * @param rotationMs how long a key signs; 0 for as long as nobody rotates it
 */
export function planKeys(
	keys: readonly ScheduledKey[],
	{ algorithm, rotationMs }: { algorithm: Algorithm; rotationMs: number },
	now: number
): KeyPlan {
	const expired = keys.filter((key) => findRetirement(keys, key) + retentionMs <= now).map(({ kid }) => kid);
	const newest = keys.find((key) => key.algorithm === algorithm && !expired.includes(key.kid));
	if (!newest) return { newKeyAt: now, expired };
	const isDue = rotationMs > 0 && newest.activates_at + rotationMs - leadMs <= now;
	return isDue ? { newKeyAt: now + leadMs, expired } : { expired };
}
