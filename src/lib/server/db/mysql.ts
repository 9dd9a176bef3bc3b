import { MysqlDialect, type MysqlPoolConnection } from 'kysely';
import { createPool, type PoolConnection, type QueryError } from 'mysql2';
import type { MysqlConfig } from '../config/config.ts';
import { translateDriverError } from './errors.ts';

const connectTimeoutMs = 5_000;
/** Beyond this many waiting queries a new one is refused at once rather than kept in memory. */
const maxWaitingQueries = 1_000;

/**
 * Whatever the server's defaults: nothing is cut silently, and on Galera a read sees what another node has committed
 * before it. Only MariaDB reads the comment.
 */
const sessionSetup =
	"set session sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION' /*M!100000 , wsrep_sync_wait = 1 */";

type Callback<Result> = (error: unknown, result: Result) => void;

/** MySQL and MariaDB over one pool. Errors come out translated; no query waits longer than `queryTimeoutMs`. */
export function createMysqlDialect(config: MysqlConfig, queryTimeoutMs: number): MysqlDialect {
	const pool = createPool({
		host: config.host,
		port: config.port,
		user: config.user,
		password: config.password,
		database: config.database,
		charset: 'utf8mb4',
		connectTimeout: connectTimeoutMs,
		connectionLimit: 10,
		queueLimit: maxWaitingQueries
	});
	// Kysely knows a connection by its object, so each keeps the same guard.
	const guards = new WeakMap<PoolConnection, MysqlPoolConnection>();

	function getConnection(callback: Callback<MysqlPoolConnection>): void {
		pool.getConnection((error, connection) => {
			if (error) return callback(translateDriverError(error), undefined as never);
			const known = guards.get(connection);
			if (known) return callback(undefined, known);
			const guard = guardConnection(connection, queryTimeoutMs);
			guard.query(sessionSetup, [], (setupError) => {
				if (setupError) connection.destroy();
				else guards.set(connection, guard);
				callback(setupError, guard);
			});
		});
	}
	return new MysqlDialect({ pool: { getConnection, end: (callback) => pool.end(callback) } });
}

/**
 * Values travel apart from the statement (prepared by the server), never written into its text. A server that hangs
 * costs the query its deadline and the connection its life.
 */
function guardConnection(connection: PoolConnection, timeout: number): MysqlPoolConnection {
	function query(sql: string, values: unknown[], callback: Callback<never> = () => {}) {
		function done(error: QueryError | null, result: unknown) {
			if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
			callback(error && translateDriverError(error), result as never);
		}
		if (values.length > 0) connection.execute({ sql, values: values as never, timeout }, done);
		// BEGIN and some DDL cannot be prepared.
		else connection.query({ sql, timeout }, done);
		return { stream: refuseStream };
	}
	return {
		config: connection.config,
		threadId: connection.threadId,
		connect: (callback) => callback?.(undefined),
		query,
		release: () => connection.release(),
		destroy: () => connection.destroy()
	};
}

function refuseStream(): never {
	throw new Error('Streaming is not offered: read in pages instead.');
}
