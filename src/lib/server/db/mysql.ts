import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type PoolConnection, type QueryError, type SslOptions } from 'mysql2';
import type { MysqlConfig, MysqlTls } from '../config/mysql.ts';
import { UnavailableError } from '../outcome.ts';
import { translateDriverError } from './errors.ts';

const connectTimeoutMs = 5_000;
/**
 * How long a request waits for a connection of the pool. When `maxWaiting` requests are waiting, further ones are
 * refused immediately.
 */
const poolTimeoutMs = 5_000;
const maxWaiting = 500;

/**
 * Makes the session independent of server defaults: no value is truncated silently, and on Galera a read sees the
 * commits of other nodes. Only MariaDB executes the part in the special comment.
 */
const sessionSetup =
	"set session sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION' /*M!100000 , wsrep_sync_wait = 1 */";

type Callback<Result> = (error: unknown, result: Result) => void;

/**
 * Creates a pool for MySQL and MariaDB. Driver errors are translated. No statement takes longer than `queryTimeoutMs`.
 */
export function createMysqlPool(config: MysqlConfig, queryTimeoutMs: number): MysqlPool {
	const pool = createPool({
		host: config.host,
		port: config.port,
		user: config.user,
		password: config.password,
		database: config.database,
		charset: 'utf8mb4',
		connectTimeout: connectTimeoutMs,
		...(config.tls && { ssl: describeTls(config.tls) }),
		// No code is generated at run time (OWASP ASVS 5.0, 1.3.2).
		disableEval: true,
		connectionLimit: 10,
		queueLimit: maxWaiting
	});
	// Kysely identifies a connection by its object, so each keeps the same guard.
	const guards = new WeakMap<PoolConnection, MysqlPoolConnection>();

	function getConnection(callback: Callback<MysqlPoolConnection>): void {
		let isLate = false;
		const timer = setTimeout(() => {
			isLate = true;
			callback(new UnavailableError('database_unavailable', 'no connection in time'), undefined as never);
		}, poolTimeoutMs);
		pool.getConnection((error, connection) => {
			if (isLate) return connection?.release();
			clearTimeout(timer);
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
	return { getConnection, end: (callback) => pool.end(callback) };
}

function describeTls({ ca, checksName }: MysqlTls): SslOptions {
	return { ...(ca && { ca }), verifyIdentity: checksName, rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}

/**
 * Sends values separately from the prepared statement. If the server hangs, the query fails at its deadline and the
 * connection is destroyed.
 */
function guardConnection(connection: PoolConnection, timeout: number): MysqlPoolConnection {
	let isBroken = false;
	function query(sql: string, values: unknown[], callback: Callback<never> = () => {}) {
		function done(error: QueryError | null, result: unknown) {
			isBroken ||= error?.fatal === true || error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT';
			if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
			// The transaction ended with its connection. An error of the rollback would hide the error that caused it.
			if (isBroken && sql === 'rollback') return callback(null, undefined as never);
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
