import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import { createLeaseTable, takeLease } from './lease.ts';

const sqlite = useSqlite();
const lease = (holder: string) => ({ name: 'migrations', holder });

beforeEach(async () => {
	// Only the clock and intervals are fake: the driver uses real timers.
	vi.useFakeTimers({
		toFake: ['Date', 'performance', 'setInterval', 'clearInterval'],
		now: new Date('2026-03-01T12:00:00Z')
	});
	await createLeaseTable(sqlite.db);
});
afterEach(() => vi.useRealTimers());

const isStillWaiting = async (promise: Promise<unknown>) => {
	const timeout = new Promise((resolve) => setTimeout(() => resolve('waiting'), 600));
	return (await Promise.race([promise, timeout])) === 'waiting';
};

test('the table can be created twice', async () => {
	await createLeaseTable(sqlite.open());
	const { release } = await takeLease(sqlite.db, lease('one'), () => {});
	await expect(release()).resolves.toBeUndefined();
});

test('a second holder waits, is notified once, and gets the lease after the release', async () => {
	const onWait = vi.fn();
	const first = await takeLease(sqlite.db, lease('one'), onWait);
	expect(onWait).not.toHaveBeenCalled();
	const second = takeLease(sqlite.open(), lease('two'), onWait);
	expect(await isStillWaiting(second)).toBe(true);
	expect(onWait).toHaveBeenCalledOnce();
	await first.release();
	await (await second).release();
});

test('concurrent holders have the lease one at a time', async () => {
	let holders = 0;
	const most: number[] = [];
	await Promise.all(
		['a', 'b', 'c', 'd'].map(async (holder) => {
			const { release } = await takeLease(sqlite.open(), lease(holder), () => {});
			most.push(++holders);
			await new Promise((resolve) => setImmediate(resolve));
			holders--;
			await release();
		})
	);
	expect(most).toEqual([1, 1, 1, 1]);
});

test('the lease of a dead holder expires after 15 s', async () => {
	await takeLease(sqlite.db, lease('dead'), () => {});
	vi.clearAllTimers();
	vi.setSystemTime(new Date('2026-03-01T12:00:14.999Z'));
	const second = takeLease(sqlite.open(), lease('two'), () => {});
	expect(await isStillWaiting(second)).toBe(true);
	vi.setSystemTime(new Date('2026-03-01T12:00:15Z'));
	await (await second).release();
});

test('a lease of a holder whose clock was ahead passes on when it has not been renewed for 15 s', async () => {
	vi.setSystemTime(new Date('2026-03-01T14:00:00Z'));
	await takeLease(sqlite.db, lease('ahead'), () => {});
	vi.clearAllTimers();
	vi.setSystemTime(new Date('2026-03-01T12:00:00Z'));
	const second = takeLease(sqlite.open(), lease('two'), () => {});
	expect(await isStillWaiting(second)).toBe(true);
	vi.advanceTimersByTime(15_000);
	await (await second).release();
});

test('a lease that is held longer is renewed', async () => {
	const first = await takeLease(sqlite.db, lease('one'), () => {});
	await vi.advanceTimersByTimeAsync(40_000);
	const second = takeLease(sqlite.open(), lease('two'), () => {});
	expect(await isStillWaiting(second)).toBe(true);
	await first.release();
	await (await second).release();
});

test('leases with different names are independent', async () => {
	const one = await takeLease(sqlite.db, { name: 'migrations', holder: 'one' }, () => {});
	const other = await takeLease(sqlite.open(), { name: 'sweeping', holder: 'two' }, () => {});
	await expect(Promise.all([one.release(), other.release()])).resolves.toHaveLength(2);
});
