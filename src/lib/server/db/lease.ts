import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { columnTypes } from './column-types.ts';
import { insertIfNew } from './errors.ts';
import type { Db } from './tables.ts';

const durationMs = 15_000;
const renewalMs = 5_000;
const pollMs = 250;

interface LeasesTable {
	name: string;
	holder: string;
	expires_at: number;
}

/**
 * Creates the table of leases. A row names the holder of a task that only one instance may perform. Unlike GET_LOCK, a
 * lease works across the nodes of a cluster, and expires if its holder crashes.
 */
export async function createLeaseTable(db: Db): Promise<void> {
	const { ascii, time, tableOptions } = columnTypes(db);
	await db.schema
		.createTable('leases')
		.ifNotExists()
		.addColumn('name', ascii(64), (column) => column.primaryKey().notNull())
		.addColumn('holder', ascii(36), (column) => column.notNull())
		.addColumn('expires_at', time, (column) => column.notNull())
		.modifyEnd(tableOptions)
		.execute();
}

/**
 * Waits for the lease, takes it, and renews it until it is released. `onWait` is called once if another instance holds
 * the lease.
 */
export async function takeLease(
	db: Db,
	lease: { name: string; holder: string },
	onWait: () => void
): Promise<{ release(): Promise<void> }> {
	const leases = db.withTables<{ leases: LeasesTable }>();

	async function tryToTake(): Promise<boolean> {
		const now = Date.now();
		const row = { ...lease, expires_at: now + durationMs };
		const { numUpdatedRows } = await leases
			.updateTable('leases')
			.set(row)
			.where('name', '=', lease.name)
			.where((where) => where.or([where('expires_at', '<=', now), where('holder', '=', lease.holder)]))
			.executeTakeFirst();
		if (numUpdatedRows > 0n) return true;
		return insertIfNew(leases.insertInto('leases').values(row));
	}

	if (!(await tryToTake())) {
		onWait();
		const seen = { expiresAt: 0, since: performance.now() };
		do await sleep(pollMs);
		while (!(await tryToTake()) && !(await takeStale(leases, lease, seen)));
	}
	// If a renewal fails, the next one repeats it, well before the lease expires.
	let renewing: Promise<unknown> | undefined;
	const renewal = setInterval(() => (renewing = tryToTake().catch(() => {})), renewalMs);
	return {
		async release() {
			clearInterval(renewal);
			// A renewal that is still running would take the lease again after its release.
			await renewing;
			await leases
				.deleteFrom('leases')
				.where('name', '=', lease.name)
				.where('holder', '=', lease.holder)
				.execute();
		}
	};
}

/**
 * Takes a lease that has not changed for its duration, whatever its end: a living holder renews it, and the clock of
 * one that crashed may have been ahead.
 */
async function takeStale(
	leases: Kysely<{ leases: LeasesTable }>,
	lease: { name: string; holder: string },
	seen: { expiresAt: number; since: number }
): Promise<boolean> {
	const row = await leases
		.selectFrom('leases')
		.select('expires_at')
		.where('name', '=', lease.name)
		.executeTakeFirst();
	const expiresAt = row?.expires_at ?? 0;
	if (expiresAt !== seen.expiresAt) Object.assign(seen, { expiresAt, since: performance.now() });
	if (performance.now() - seen.since < durationMs) return false;
	const { numUpdatedRows } = await leases
		.updateTable('leases')
		.set({ ...lease, expires_at: Date.now() + durationMs })
		.where('name', '=', lease.name)
		.where('expires_at', '=', seen.expiresAt)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Writes a row of its own, so that a check changes nothing that matters. */
export async function writeProbe(db: Db): Promise<void> {
	const leases = db.withTables<{ leases: LeasesTable }>();
	const row = { name: 'readiness', holder: 'readiness', expires_at: Date.now() };
	const { numUpdatedRows } = await leases
		.updateTable('leases')
		.set(row)
		.where('name', '=', row.name)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) await insertIfNew(leases.insertInto('leases').values(row));
}
