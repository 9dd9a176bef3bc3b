import { setTimeout as sleep } from 'node:timers/promises';
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
 * Makes the table of leases: a row says who may do what only one instance may do. Unlike GET_LOCK it holds across the
 * nodes of a cluster, and it passes on by itself when its holder has died.
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

/** Waits until the lease is ours and keeps it until it is released. `onWait` is called once, if another holds it. */
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
		do await sleep(pollMs);
		while (!(await tryToTake()));
	}
	// A renewal that fails is tried again by the next one, well before the lease runs out.
	let renewing: Promise<unknown> | undefined;
	const renewal = setInterval(() => (renewing = tryToTake().catch(() => {})), renewalMs);
	return {
		async release() {
			clearInterval(renewal);
			// Otherwise it could take again what is given back here.
			await renewing;
			await leases
				.deleteFrom('leases')
				.where('name', '=', lease.name)
				.where('holder', '=', lease.holder)
				.execute();
		}
	};
}
