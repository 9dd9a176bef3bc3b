import { sql } from 'kysely';
import { maxSkewMs } from '../db/clocks.ts';
import { insertIfNew } from '../db/errors.ts';
import type { Db } from '../db/tables.ts';

/**
 * A bucket of the generic cell rate algorithm (ITU-T I.371), stored as one value: the time when it will be full again.
 * Each act moves that time forward by `intervalMs`, to at most `capacity` intervals ahead.
 */
export interface Bucket {
	key: string;
	capacity: number;
	intervalMs: number;
}

const sweepBatch = 500;

/**
 * Takes one from a bucket. A single statement decides, so that instances can share the bucket.
 *
 * @returns undefined, or the milliseconds until one is available
 */
export async function takeFrom(db: Db, bucket: Bucket, now: number): Promise<number | undefined> {
	const { key, capacity, intervalMs } = bucket;
	const latest = now + (capacity - 1) * intervalMs;
	// No bucket is emptier than empty: a later time comes from a clock that was ahead, and counts as full.
	const believable = now + capacity * intervalMs + maxSkewMs;
	const { numUpdatedRows } = await db
		.updateTable('rate_limits')
		.set({
			full_at: sql`case when full_at > ${now} and full_at <= ${believable} then full_at else ${now} end + ${intervalMs}`
		})
		.where('bucket', '=', key)
		.where((where) => where.or([where('full_at', '<=', latest), where('full_at', '>', believable)]))
		.executeTakeFirst();
	if (numUpdatedRows > 0n) return undefined;
	const row = await db
		.selectFrom('rate_limits')
		.select('full_at')
		.where('bucket', '=', key)
		.executeTakeFirst();
	if (row && row.full_at > latest) return row.full_at - latest;
	if (!row && (await insertBucket(db, key, now + intervalMs))) return undefined;
	// Another request has created or changed the bucket in between.
	return takeFrom(db, bucket, now);
}

/** @returns false if the bucket exists */
async function insertBucket(db: Db, key: string, fullAt: number): Promise<boolean> {
	return insertIfNew(db.insertInto('rate_limits').values({ bucket: key, full_at: fullAt }));
}

/** The number that is missing from a bucket. */
export async function countMissing(db: Db, { key, intervalMs }: Bucket, now: number): Promise<number> {
	const row = await db
		.selectFrom('rate_limits')
		.select('full_at')
		.where('bucket', '=', key)
		.executeTakeFirst();
	return Math.max(0, Math.ceil(((row?.full_at ?? now) - now) / intervalMs));
}

/** Puts a number back into each of several buckets in one statement. A bucket holds no more than its capacity. */
export async function putBack(db: Db, returned: { bucket: Bucket; count: number }[]): Promise<void> {
	if (returned.length === 0) return;
	const cases = returned.map(
		({ bucket, count }) => sql`when ${bucket.key} then ${count * bucket.intervalMs}`
	);
	await db
		.updateTable('rate_limits')
		.set({ full_at: sql`full_at - case bucket ${sql.join(cases, sql` `)} else 0 end` })
		.where(
			'bucket',
			'in',
			returned.map(({ bucket }) => bucket.key)
		)
		.execute();
}

/**
 * Deletes full buckets, which carry no information. It deletes a few rows at a time by key, because MySQL would
 * otherwise lock gaps in which other requests insert.
 */
export async function deleteFullBuckets(db: Db, now: number): Promise<void> {
	for (let found = sweepBatch; found === sweepBatch;) {
		const rows = await db
			.selectFrom('rate_limits')
			.select('bucket')
			.where('full_at', '<=', now)
			// A literal, because MySQL would receive a parameter as a floating-point number and refuse it.
			.limit(sql.lit(sweepBatch))
			.execute();
		found = rows.length;
		if (found === 0) return;
		const keys = rows.map(({ bucket }) => bucket);
		await db.deleteFrom('rate_limits').where('bucket', 'in', keys).where('full_at', '<=', now).execute();
	}
}
