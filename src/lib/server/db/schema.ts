import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import { connect } from './connect.ts';
import { findPendingMigrations, migrate, migrationTimeoutMs } from './migrate.ts';
import type { Db } from './tables.ts';

/** Brings the schema up to date over a separate connection, whose statements may take longer than those of requests. */
export async function migrateOnce(config: Config, log: Logger, onBegin: () => void): Promise<void> {
	const db = connect(config, { queryTimeoutMs: migrationTimeoutMs });
	try {
		await migrate(db, log, onBegin);
	} finally {
		await db.destroy();
	}
}

/** Why the schema cannot be used now; undefined when it can. */
export async function findSchemaFault(db: Db): Promise<UnavailableError | undefined> {
	try {
		const pending = await findPendingMigrations(db);
		return pending.length > 0
			? new UnavailableError('schema_outdated', 'migrations are pending', { subject: pending[0] })
			: undefined;
	} catch (error) {
		return error instanceof UnavailableError ? error : new UnavailableError('database_unavailable', error);
	}
}
