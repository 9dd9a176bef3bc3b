import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type SslOptions } from 'mysql2';
import type { MysqlConfig, MysqlTls } from '../config/mysql.ts';
import { UnavailableError } from '../outcome.ts';
import type { Callback, MysqlConnection } from './mysql-connection.ts';
import { type ConnectionOptions, MysqlConnections } from './mysql-connections.ts';

/** Short, so that a pool whose connections are all being opened is soon free for a server that answers. */
const connectTimeoutMs = 3_000;
/**
 * How long a request waits for a connection of the pool. Beyond `maxWaiting` requests, further ones are refused
 * immediately.
 */
const poolTimeoutMs = 3_000;
const maxWaiting = 500;
/** The same while the server is known to be silent. */
const silentPoolTimeoutMs = 2_000;

/**
 * A pool for MySQL and MariaDB. Errors are translated. Neither a connection nor a statement is waited for without a
 * deadline, and the connections follow a failover.
 */
export function createMysqlPool(config: MysqlConfig, options: ConnectionOptions): MysqlPool {
	const pool = openPool(config);
	const connections = new MysqlConnections(options);

	/** @param mayRepeat whether a connection that turns out to be dead is replaced by another one */
	function acquire(callback: Callback<MysqlConnection>, mayRepeat: boolean): void {
		pool.getConnection((refusal, connection) => {
			if (refusal) {
				options.onError?.(refusal);
				// Whatever the server refuses a connection for, it may accept one later.
				return callback(new UnavailableError('database_unavailable', refusal), undefined as never);
			}
			const isNew = !connections.has(connection);
			connections.prepare(connection, (error, prepared) => {
				if (!error) callback(undefined, prepared);
				else if (mayRepeat && !isNew) acquire(callback, false);
				else callback(error, undefined as never);
			});
		});
	}

	function getConnection(callback: Callback<MysqlPoolConnection>): void {
		let isLate = false;
		const timeoutMs = connections.isSilent ? silentPoolTimeoutMs : poolTimeoutMs;
		const timer = setTimeout(() => {
			isLate = true;
			callback(new UnavailableError('database_unavailable', 'no connection in time'), undefined as never);
		}, timeoutMs);
		acquire((error, connection) => {
			if (isLate) return connection?.release();
			clearTimeout(timer);
			callback(error, connection);
		}, true);
	}

	return {
		getConnection,
		end(callback) {
			connections.unref();
			pool.end(callback);
		}
	};
}

function openPool(config: MysqlConfig) {
	return createPool({
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
		connectionLimit: config.poolSize,
		queueLimit: maxWaiting
	});
}

function describeTls({ ca, checksName }: MysqlTls): SslOptions {
	return { ...(ca && { ca }), verifyIdentity: checksName, rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}
