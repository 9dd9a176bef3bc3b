import { createSecretKey, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import type { RateLimits } from '../config/limits.ts';
import type { Peer } from '../context.ts';
import { migrate } from '../db/migrate.ts';
import type { Logger } from '../log.ts';
import { accept, refuse, UnavailableError } from '../outcome.ts';
import { rememberBrowser } from './known-browser.ts';
import { createLimiter, limitLogin, limitRegistration, sweepLimits } from './limiter.ts';
import { hourMs, minuteMs } from '../durations.ts';

const sqlite = useSqlite();
const silent = { info: () => {} } as unknown as Logger;
const start = Date.parse('2026-03-01T12:00:00Z');

const limits: RateLimits = {
	'login-account-prefix': { count: 20, windowMs: 15 * minuteMs },
	'login-account': { count: 80, windowMs: hourMs },
	'login-known-browsers': { count: 20, windowMs: hourMs },
	'login-prefix': { count: 200, windowMs: hourMs },
	'register-prefix': { count: 7, windowMs: hourMs },
	'email-address': { count: 6, windowMs: hourMs },
	'register-address': { count: 6, windowMs: hourMs },
	'email-prefix': { count: 60, windowMs: hourMs }
};
const key = createSecretKey(randomBytes(32));
const limiter = createLimiter({ key, limits, maxWaitMs: 1_000 });
beforeEach(() => migrate(sqlite.db, silent));

const { signal } = new AbortController();
const limited = () => ({ db: sqlite.db, limiter });
const from = (prefix: string, knownBrowser?: string): Peer => ({ prefix, isShared: false, knownBrowser });
const account = 'ada@example.org';

async function guess(ms: number, peer: Peer, outcome: 'right' | 'wrong' | 'fault' = 'wrong') {
	const check = async () => {
		if (outcome === 'fault') throw new UnavailableError('overloaded', 'busy');
		return outcome === 'right' ? accept('in') : refuse('invalid_credentials');
	};
	const answer = await limitLogin(limited(), { account, check }, { now: new Date(start + ms), peer, signal });
	return answer.ok ? 'in' : answer.reason;
}

/** A check of a correct password that takes until it is released. */
function holdCheck() {
	const { promise: held, resolve: release } = Promise.withResolvers<void>();
	const check = async () => {
		await held;
		return accept('in');
	};
	return { check, release };
}

/** @returns the times, in milliseconds, of the answered guesses of a client that tries every 30 s, each time from another prefix */
async function answeredTimes(hours: number, knownBrowser?: string): Promise<number[]> {
	const answered: number[] = [];
	for (let ms = 0; ms < hours * hourMs; ms += 30_000) {
		const answer = await guess(ms, from(`11.0.${ms}`, knownBrowser));
		if (answer === 'invalid_credentials') answered.push(ms);
	}
	return answered;
}

const mostInAnHour = (times: number[]) =>
	Math.max(...times.map((from) => times.filter((time) => time >= from && time <= from + hourMs).length));

describe('guesses at one account', () => {
	test('are at most 80 in any hour from all unknown browsers together', async () => {
		const times = await answeredTimes(2);
		expect(mostInAnHour(times)).toBe(80);
		expect(times.length).toBeGreaterThan(100);
	});

	test('are at most 100 in any hour with a stolen cookie', async () => {
		const most = mostInAnHour(await answeredTimes(2, rememberBrowser(key, undefined, account)));
		expect(most).toBeGreaterThan(90);
		expect(most).toBeLessThanOrEqual(100);
	});

	test('that could not be checked do not count', async () => {
		for (let count = 0; count < 30; count++)
			await expect(guess(0, from('11.0.0.1'), 'fault')).rejects.toThrow('busy');
		expect(await guess(0, from('11.0.0.1'))).toBe('invalid_credentials');
	});

	test('that are not answered do not count', async () => {
		for (let count = 0; count < 40; count++) await guess(0, from(`11.0.0.${count}`));
		const check = async () => accept('in');
		for (let count = 0; count < 12; count++) {
			const context = { now: new Date(start), peer: from('11.0.1.1'), signal };
			const answer = await limitLogin(limited(), { account, check }, context);
			// If these counted, login-account-prefix would refuse the last ones.
			expect(answer).toMatchObject({ ok: false, details: { limit: { name: 'login-account' } } });
		}
	});

	test('still count after the owner logs in from another prefix', async () => {
		for (let count = 0; count < 39; count++) await guess(0, from(`11.0.0.${count}`));
		expect(await guess(0, from('11.0.1.1'), 'right')).toBe('in');
		expect(await guess(0, from('11.0.1.2'))).toBe('invalid_credentials');
		expect(await guess(0, from('11.0.1.3'))).toBe('too_many_requests');
	});
});

test('an odd limit and the limit of registrations hold too', async () => {
	const times: number[] = [];
	for (let ms = 0; ms < 3 * hourMs; ms += minuteMs) {
		const context = { now: new Date(start + ms), peer: from('11.0.0.1'), signal };
		const answer = await limitRegistration(limited(), async () => accept('made'), context);
		if (answer.ok) times.push(ms);
	}
	expect(mostInAnHour(times)).toBe(7);
});

test('no concurrent correct login is refused because a later one was counted first', async () => {
	const { check, release } = holdCheck();
	const answers = Array.from({ length: 10 }, (_, index) => {
		const now = new Date(start + 10 - index);
		return limitLogin(limited(), { account, check }, { now, peer: from('11.0.0.1'), signal });
	});
	setTimeout(release, 200);
	expect((await Promise.all(answers)).map(({ ok }) => ok)).toEqual(Array(10).fill(true));
});

test('logins beyond the concurrency limit wait, and are refused after the maximum wait', async () => {
	const limiterWithShortWait = createLimiter({ key, limits, maxWaitMs: 20 });
	const { check, release } = holdCheck();
	const answers = Array.from({ length: 12 }, () =>
		limitLogin(
			{ db: sqlite.db, limiter: limiterWithShortWait },
			{ account, check },
			{ now: new Date(start), peer: from('11.0.0.1'), signal }
		)
	);
	for (const waiting of answers.slice(10))
		await expect(waiting).rejects.toMatchObject({ reason: 'overloaded', retryAfterSeconds: 1 });
	release();
	expect((await Promise.all(answers.slice(0, 10))).every(({ ok }) => ok)).toBe(true);
});

test('the sweep deletes full buckets and no others', async () => {
	const rows = async () => (await sqlite.db.selectFrom('rate_limits').selectAll().execute()).length;
	const old = Array.from({ length: 1100 }, (_, count) => ({
		bucket: `old ${count}`,
		full_at: start + count
	}));
	await sqlite.db.insertInto('rate_limits').values(old).execute();
	await guess(2 * hourMs, from('11.0.0.1'));
	expect(await rows()).toBe(1103);
	await sweepLimits(sqlite.db, new Date(start + 2 * hourMs));
	// One each for the account, for the prefix and for both.
	expect(await rows()).toBe(3);
});

describe('the cookie of a known browser', () => {
	test('holds eight accounts and drops the least recently used one first', () => {
		const accounts = Array.from({ length: 9 }, (_, index) => `user-${index}@example.org`);
		let knownBrowser: string | undefined;
		for (const name of accounts) knownBrowser = rememberBrowser(key, knownBrowser, name);
		expect(knownBrowser?.split('.')).toHaveLength(9);
		expect(knownBrowser).not.toContain('user');
	});

	test('is replaced if the service did not issue it', () => {
		const knownBrowser = rememberBrowser(key, 'A'.repeat(43), account);
		expect(knownBrowser.startsWith('A'.repeat(43))).toBe(false);
	});
});
