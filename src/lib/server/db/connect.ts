import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, MysqlDialect } from 'kysely';
import type { Config } from '../config/config.ts';
import type { MysqlConfig } from '../config/mysql.ts';
import type { ConnectionOptions } from './mysql-connections.ts';
import { createSqliteDialect } from './sqlite.ts';
import type { Db } from './tables.ts';

export const embeddedDatabaseFile = 'user-management.db';

/**
 * With the wait for a connection after it, a request to a silent server ends in less than 10 seconds. A Galera cluster
 * that loses a node delays commits for 6.
 */
const requestTimeoutMs = 7_000;

export interface ConnectOptions {
	/** The deadline of each MySQL statement; schema changes need longer than requests. */
	queryTimeoutMs?: number;
	/** Called with each error of the driver. */
	onError?: (error: Error) => void;
}

/** The configured database. The first query connects, or creates the embedded one. */
export function connect(
	config: Pick<Config, 'database' | 'dataDir'>,
	{ queryTimeoutMs = requestTimeoutMs, onError }: ConnectOptions = {}
): Db {
	const { database } = config;
	if (database.engine === 'mysql')
		return new Kysely({ dialect: createMysqlDialect(database, { queryTimeoutMs, onError }) });
	const file = join(config.dataDir, embeddedDatabaseFile);
	return new Kysely({ dialect: createSqliteDialect(file, onError) });
}

/** Loads the driver with the first query: most services use the embedded database. */
function createMysqlDialect(database: MysqlConfig, options: ConnectionOptions): MysqlDialect {
	return new MysqlDialect({
		async pool() {
			const { createMysqlPool } = await import('./mysql.ts');
			return createMysqlPool(database, options);
		}
	});
}

/** Whether connecting would create an embedded database, which a check of an installation must not do. */
export function lacksDatabase({ database, dataDir }: Pick<Config, 'database' | 'dataDir'>): boolean {
	return database.engine === 'sqlite' && !existsSync(join(dataDir, embeddedDatabaseFile));
}
