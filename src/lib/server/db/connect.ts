import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, MysqlDialect } from 'kysely';
import type { Config } from '../config/config.ts';
import type { MysqlConfig } from '../config/mysql.ts';
import { createSqliteDialect } from './sqlite.ts';
import type { Db } from './tables.ts';

export const embeddedDatabaseFile = 'user-management.db';

/**
 * Returns the configured database. The first query connects, or creates the embedded database.
 *
 * @param queryTimeoutMs the deadline of each MySQL statement; schema changes need more time than requests
 */
export function connect(config: Pick<Config, 'database' | 'dataDir'>, queryTimeoutMs = 10_000): Db {
	const { database } = config;
	if (database.engine === 'mysql')
		return new Kysely({ dialect: createMysqlDialect(database, queryTimeoutMs) });
	return new Kysely({ dialect: createSqliteDialect(join(config.dataDir, embeddedDatabaseFile)) });
}

/** Loads the driver with the first query, because most installations use the embedded database. */
function createMysqlDialect(database: MysqlConfig, queryTimeoutMs: number): MysqlDialect {
	return new MysqlDialect({
		async pool() {
			const { createMysqlPool } = await import('./mysql.ts');
			return createMysqlPool(database, queryTimeoutMs);
		}
	});
}

/** Whether connecting would create an embedded database, which a check of an installation must not do. */
export function lacksDatabase({ database, dataDir }: Pick<Config, 'database' | 'dataDir'>): boolean {
	return database.engine === 'sqlite' && !existsSync(join(dataDir, embeddedDatabaseFile));
}
