import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RateLimits } from '../config/rate-limits.ts';
import type { Client, Context } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { type Outcome, refuse, UnavailableError } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import { recognisesDevice } from './known-device.ts';
import { findLimit, type Limit, type LimitName } from './limits.ts';
import { type Bucket, countMissing, deleteFullBuckets, putBack, takeFrom } from './store.ts';
import { Turnstile } from './turnstile.ts';

/** What counters are kept with. */
export interface Limiter {
	/** Keys the names of the buckets, so that the table tells no address that somebody typed. */
	key: KeyObject;
	/** Undefined when limits are off. */
	limits: RateLimits | undefined;
	turnstile: Turnstile;
	/** How long a try may wait for others that count for the same. */
	patienceMs: number;
}

interface Limited {
	db: Db;
	limiter: Limiter;
}

/** Between clocks that are read by requests at once, here and on other instances. */
const mostSkewMs = 100;

/** A client without an address, such as a test of one function. */
const nobody: Client = { prefix: '', isShared: true };

export function createLimiter(settings: Omit<Limiter, 'turnstile'>): Limiter {
	return { ...settings, turnstile: new Turnstile() };
}

/** Whether the client is a browser that has logged in to the account before. */
export function isKnownDevice({ key }: Limiter, account: string, { device }: Client = nobody): boolean {
	return device !== undefined && recognisesDevice(key, device, account);
}

/**
 * Checks a password if one more try may be, in the same way whether there is such a user or not. A try counts from its
 * beginning; when it is right, it and what its owner mistyped here before are forgotten.
 *
 * @param account the normalised e-mail that was entered
 */
export async function limitLogIn<Value, R extends Reason>(
	limited: Limited,
	{ account, check }: { account: string; check: () => Promise<Outcome<Value, R>> },
	{ now = new Date(), client = nobody, signal }: Context = {}
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const { prefix, isShared } = client;
	const { db, limiter } = limited;
	async function tryWithin(counted: [LimitName, string][]): Promise<Outcome<Value, R | 'too_many_requests'>> {
		const limits = findLimits(limiter, counted);
		const cameAt = performance.now();
		return passTurnstile(limiter, { limits, signal }, () => {
			const passedAt = new Date(now.getTime() + performance.now() - cameAt);
			return underLimits(db, { limits, act: check, whenDone: forgive }, passedAt);
		});
	}
	if (isKnownDevice(limiter, account, client)) {
		const known = await tryWithin([['login-devices', account]]);
		if (known.ok || known.reason !== 'too_many_requests') return known;
	}
	return tryWithin([
		['login-account-prefix', `${account} ${prefix}`],
		...(isShared ? [] : [['login-prefix', prefix] satisfies [LimitName, string]]),
		['login-account', account]
	]);
}

/** Makes ready what registers a user, if one more may be. */
export async function limitRegistration<Value, R extends Reason = never>(
	{ db, limiter }: Limited,
	prepare: () => Promise<Outcome<Value, R>>,
	{ now = new Date(), client: { prefix, isShared } = nobody }: Context = {}
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const limits = findLimits(limiter, isShared ? [] : [['register-prefix', prefix]]);
	return underLimits(db, { limits, act: prepare }, now);
}

interface LetterAct<Value, R extends Reason> {
	/** Of whoever gets the letter. */
	address: string;
	act: () => Promise<Outcome<Value, R>>;
	name?: Extract<LimitName, 'mail-address' | 'register-address'>;
}

/** Does what sends a letter to an address, if one more may be. */
export async function limitLetters<Value, R extends Reason = never>(
	{ db, limiter }: Limited,
	{ address, act, name = 'mail-address' }: LetterAct<Value, R>,
	{ now = new Date(), client: { prefix, isShared } = nobody }: Context = {}
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const shared: [LimitName, string][] = isShared ? [] : [['mail-prefix', prefix]];
	const limits = findLimits(limiter, [...shared, [name, address]]);
	return underLimits(db, { limits, act }, now);
}

export async function sweepLimits(db: Db, now = new Date()): Promise<void> {
	await deleteFullBuckets(db, now.getTime());
}

function findLimits({ key, limits }: Limiter, counted: [LimitName, string][]): Limit[] {
	return limits ? counted.map(([name, subject]) => findLimit({ key, limits }, name, subject)) : [];
}

/**
 * Takes from one limit after the other, so that who is refused by the first takes nothing from those that others share.
 * When nothing was checked, nothing counts.
 */
async function underLimits<Value, R extends Reason>(
	db: Db,
	{
		limits,
		act,
		whenDone
	}: {
		limits: Limit[];
		act: () => Promise<Outcome<Value, R>>;
		whenDone?: (db: Db, limits: Limit[], now: Date) => Promise<void>;
	},
	now: Date
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const taken: { bucket: Bucket; count: number }[] = [];
	for (const { bucket, policy } of limits) {
		const waitMs = await takeSoon(db, bucket, now.getTime());
		if (waitMs === undefined) {
			taken.push({ bucket, count: 1 });
			continue;
		}
		await putBack(db, taken);
		return {
			...refuse('too_many_requests'),
			retryAfterSeconds: Math.ceil(waitMs / 1_000),
			limit: policy
		};
	}
	const outcome = await act().catch(async (error: unknown) => {
		// What went wrong first is what the caller has to know.
		await putBack(db, taken).catch(() => {});
		throw error;
	});
	if (outcome.ok) await whenDone?.(db, limits, now);
	return outcome;
}

/** Takes from a bucket; where others, who read the clock a moment later, took before, that moment is waited for. */
async function takeSoon(db: Db, bucket: Bucket, now: number): Promise<number | undefined> {
	const waitMs = await takeFrom(db, bucket, now);
	if (waitMs === undefined || waitMs > mostSkewMs) return waitMs;
	await sleep(waitMs);
	return takeFrom(db, bucket, now + waitMs);
}

/** What its owner mistyped here before is forgotten, what others guessed elsewhere is not. */
async function forgive(db: Db, [here, ...shared]: Limit[], now: Date): Promise<void> {
	if (!here) return;
	const count = Math.max(1, await countMissing(db, here.bucket, now.getTime()));
	await putBack(
		db,
		[here, ...shared].map(({ bucket }) => ({ bucket, count }))
	);
}

/** No more at once than each limit would let through. */
async function passTurnstile<Value>(
	{ turnstile, patienceMs }: Limiter,
	{ limits, signal }: { limits: Limit[]; signal: AbortSignal | undefined },
	act: () => Promise<Value>
): Promise<Value> {
	if (limits.length === 0) return act();
	const timeout = AbortSignal.timeout(patienceMs);
	const patience = signal ? AbortSignal.any([signal, timeout]) : timeout;
	const entered: string[] = [];
	try {
		for (const { bucket } of limits) {
			await turnstile.enter(bucket.key, bucket.capacity, patience).catch(() => {
				throw new UnavailableError('overloaded', 'other tries take too long', { retryAfterSeconds: 1 });
			});
			entered.push(bucket.key);
		}
		return await act();
	} finally {
		for (const key of entered) turnstile.leave(key);
	}
}
