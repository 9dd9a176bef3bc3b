import { randomUUID } from 'node:crypto';
import type { Migration } from 'kysely/migration';
import { hourMs } from '../durations.ts';
import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import { isMissingTable } from './errors.ts';
import { createLeaseTable, takeLease } from './lease.ts';
import type { Db } from './tables.ts';

const migrationTable = 'migrations';
/** Long enough for a schema change of a large table. */
export const migrationTimeoutMs = hourMs;
/** The migrations by path, in order. They are loaded only if one is pending. */
const files = import.meta.glob<Migration>('/migrations/*.ts');

/** Every migration of this version, in order. */
export const migrationNames: readonly string[] = Object.keys(files).map(nameMigration);

function nameMigration(path: string): string {
	return path.replace(/^.*\/(.+)\.ts$/, '$1');
}

async function loadMigrations(): Promise<Record<string, Migration>> {
	const loaded = Object.entries(files).map(
		async ([path, load]) => [nameMigration(path), await load()] as const
	);
	return Object.fromEntries(await Promise.all(loaded));
}

/** The migrations of this version that have not been applied. */
export async function findPendingMigrations(db: Db): Promise<string[]> {
	const seen = new Set(await readSeenMigrations(db));
	return migrationNames.filter((name) => !seen.has(name));
}

async function readSeenMigrations(db: Db): Promise<string[]> {
	try {
		const rows = await db
			.withTables<{ [migrationTable]: { name: string } }>()
			.selectFrom(migrationTable)
			.select('name')
			.execute();
		return rows.map(({ name }) => name);
	} catch (error) {
		if (isMissingTable(error)) return [];
		throw error;
	}
}

/** A migration failed. The next start tries it again. */
export class MigrationError extends Error {
	readonly migration: string;

	constructor(migration: string, cause: unknown) {
		super(`Migration ${migration} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
			cause
		});
		this.name = 'MigrationError';
		this.migration = migration;
	}
}

/**
 * Brings the schema to this version. Of several instances that start concurrently, one migrates and the others wait.
 * A newer schema is left unchanged, so that the previous version keeps running during an upgrade.
 *
 * @param onBegin called when a migration is pending
 * @throws MigrationError, or an UnavailableError when the database is unavailable
 */
export async function migrate(db: Db, log: Logger, onBegin = () => {}): Promise<void> {
	if ((await findPendingMigrations(db)).length === 0) return;
	onBegin();
	await createLeaseTable(db);
	const lease = await takeLease(db, { name: 'migrations', holder: randomUUID() }, () =>
		log.info('Another instance is changing the schema: waiting for it')
	);
	try {
		if ((await findPendingMigrations(db)).length > 0) await runMigrations(db, log);
	} finally {
		await lease.release();
	}
}

async function runMigrations(db: Db, log: Logger): Promise<void> {
	const { Migrator } = await import('kysely/migration');
	const migrator = new Migrator({
		db,
		provider: { getMigrations: loadMigrations },
		migrationTableName: migrationTable,
		migrationLockTableName: 'migrations_lock'
	});
	const { error, results = [] } = await migrator.migrateToLatest();
	for (const { migrationName, status } of results) {
		if (status === 'Success') log.info({ migration: migrationName }, `Schema changed: ${migrationName}`);
	}
	if (error === undefined) return;
	const failed = results.find(({ status }) => status === 'Error')?.migrationName;
	throw failed && !(error instanceof UnavailableError) ? new MigrationError(failed, error) : error;
}
