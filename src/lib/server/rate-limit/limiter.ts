import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitName, RateLimits } from '../config/limits.ts';
import type { Context, Peer } from '../context.ts';
import type { Db } from '../db/tables.ts';
import { type Outcome, refuse, UnavailableError } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import { KeyedSemaphore } from './keyed-semaphore.ts';
import { recognisesBrowser } from './known-browser.ts';
import { findLimit, type Limit } from './find-limit.ts';
import { type Bucket, countMissing, deleteFullBuckets, putBack, takeFrom } from './store.ts';

/** The services and settings for limits. */
export interface Limiter {
	/** Keys the hashes that name the buckets, so that the table reveals no entered address. */
	key: KeyObject;
	/** Undefined when limits are off. */
	limits: RateLimits | undefined;
	semaphore: KeyedSemaphore;
	/** How long an attempt may wait for concurrent attempts with the same key. */
	maxWaitMs: number;
}

interface Limited {
	db: Db;
	limiter: Limiter;
}

/** The largest assumed difference between the clocks of concurrent requests, also across instances. */
const maxSkewMs = 100;

export function createLimiter(settings: Omit<Limiter, 'semaphore'>): Limiter {
	return { ...settings, semaphore: new KeyedSemaphore() };
}

/** Whether the peer is a browser that has logged in to the account before. */
export function isKnownBrowser({ key }: Limiter, account: string, { knownBrowser }: Peer): boolean {
	return knownBrowser !== undefined && recognisesBrowser(key, knownBrowser, account);
}

/**
 * Checks a password if the limits allow one more attempt, whether or not the user exists. An attempt counts from its
 * start. A right password gives back that attempt and the failed ones of the same account and prefix.
 *
 * @param account the normalised email address that was entered
 */
export async function limitLogin<Value, R extends Reason>(
	limited: Limited,
	{ account, check }: { account: string; check: () => Promise<Outcome<Value, R>> },
	{ now, peer, signal }: Pick<Context, 'now' | 'peer' | 'signal'>
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const { prefix, isShared } = peer;
	const { db, limiter } = limited;
	async function tryWithin(counted: [LimitName, string][]): Promise<Outcome<Value, R | 'too_many_requests'>> {
		const limits = findLimits(limiter, counted);
		const cameAt = performance.now();
		return passSemaphore(limiter, { limits, signal }, () => {
			const passedAt = new Date(now.getTime() + performance.now() - cameAt);
			return underLimits(db, { limits, act: check, whenDone: forgive }, passedAt);
		});
	}
	if (isKnownBrowser(limiter, account, peer)) {
		const known = await tryWithin([['login-known-browsers', account]]);
		if (known.ok || known.reason !== 'too_many_requests') return known;
	}
	return tryWithin([
		['login-account-prefix', `${account} ${prefix}`],
		...(isShared ? [] : [['login-prefix', prefix] satisfies [LimitName, string]]),
		['login-account', account]
	]);
}

/** Prepares a registration if the limits allow one more. */
export async function limitRegistration<Value, R extends Reason = never>(
	{ db, limiter }: Limited,
	prepare: () => Promise<Outcome<Value, R>>,
	{ now, peer: { prefix, isShared } }: Pick<Context, 'now' | 'peer'>
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const limits = findLimits(limiter, isShared ? [] : [['register-prefix', prefix]]);
	return underLimits(db, { limits, act: prepare }, now);
}

interface EmailAct<Value, R extends Reason> {
	/** The recipient. */
	address: string;
	act: () => Promise<Outcome<Value, R>>;
	name?: Extract<LimitName, 'email-address' | 'register-address'>;
}

/** Sends an email to an address if the limits allow one more. */
export async function limitEmails<Value, R extends Reason = never>(
	{ db, limiter }: Limited,
	{ address, act, name = 'email-address' }: EmailAct<Value, R>,
	{ now, peer: { prefix, isShared } }: Pick<Context, 'now' | 'peer'>
): Promise<Outcome<Value, R | 'too_many_requests'>> {
	const shared: [LimitName, string][] = isShared ? [] : [['email-prefix', prefix]];
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
 * Takes from one limit after another, so that a request that the first limit refuses takes nothing from shared limits.
 * If the act fails, the attempt is given back.
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
		return refuse('too_many_requests', {
			retryAfterSeconds: Math.ceil(waitMs / 1_000),
			limit: policy
		});
	}
	const outcome = await act().catch(async (error: unknown) => {
		// The caller must get the original fault.
		await putBack(db, taken).catch(() => {});
		throw error;
	});
	if (outcome.ok) await whenDone?.(db, limits, now);
	return outcome;
}

/** Takes from a bucket. If a concurrent request with a slightly later clock came first, waits until that time. */
async function takeSoon(db: Db, bucket: Bucket, now: number): Promise<number | undefined> {
	const waitMs = await takeFrom(db, bucket, now);
	if (waitMs === undefined || waitMs > maxSkewMs) return waitMs;
	await sleep(waitMs);
	return takeFrom(db, bucket, now + waitMs);
}

/** Gives back the failed attempts of the owner from this prefix, but not those from others. */
async function forgive(db: Db, [here, ...shared]: Limit[], now: Date): Promise<void> {
	if (!here) return;
	const count = Math.max(1, await countMissing(db, here.bucket, now.getTime()));
	await putBack(
		db,
		[here, ...shared].map(({ bucket }) => ({ bucket, count }))
	);
}

/** Runs an act, with at most the number of concurrent acts that each limit allows. */
async function passSemaphore<Value>(
	{ semaphore, maxWaitMs }: Limiter,
	{ limits, signal }: { limits: Limit[]; signal: AbortSignal },
	act: () => Promise<Value>
): Promise<Value> {
	if (limits.length === 0) return act();
	const timeout = AbortSignal.timeout(maxWaitMs);
	const waiting = AbortSignal.any([signal, timeout]);
	const entered: string[] = [];
	try {
		for (const { bucket } of limits) {
			await semaphore.enter(bucket.key, bucket.capacity, waiting).catch(() => {
				throw new UnavailableError('overloaded', 'concurrent attempts take too long', {
					retryAfterSeconds: 1
				});
			});
			entered.push(bucket.key);
		}
		return await act();
	} finally {
		for (const key of entered) semaphore.leave(key);
	}
}
