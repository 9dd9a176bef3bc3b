import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type PoolConnection, type SslOptions } from 'mysql2';
import type { MysqlConfig, MysqlTls } from '../config/mysql.ts';
import { UnavailableError } from '../outcome.ts';
import { type Callback, MysqlConnection } from './mysql-connection.ts';

/** A pool whose every connection is in an attempt to connect is free again after this. */
const connectTimeoutMs = 3_000;
/**
 * How long a request waits for a connection. Beyond `maxWaiting` requests, further ones are refused immediately.
 */
const poolTimeoutMs = 5_000;
const maxWaiting = 500;
/** How long a request waits while the server is known to be silent. */
const silentPoolTimeoutMs = 2_000;
/** A connection that has been idle for longer is asked first whether its server still answers. */
const trustedIdleMs = 5_000;
const checkTimeoutMs = 2_000;
/** Connections that are younger are not replaced: the server may stay useless for longer. */
const minReplacedAgeMs = 1_000;

/**
 * Makes the session independent of server defaults: no value is truncated silently, and on Galera a read sees the
 * commits of other nodes. Only MariaDB executes the part in the special comment.
 */
const sessionSetup =
	"set session sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION' /*M!100000 , wsrep_sync_wait = 1 */";

export interface PoolOptions {
	/** The deadline of each statement. */
	queryTimeoutMs: number;
	/** Called with each error of the driver. */
	onError?: ((error: Error) => void) | undefined;
}

/**
 * A pool for MySQL and MariaDB. Errors are translated. Neither a connection nor a statement is waited for without a
 * deadline. Connections to a server that is silent, stopping or read-only are replaced, so that a failover is followed.
 */
export function createMysqlPool(config: MysqlConfig, { queryTimeoutMs, onError }: PoolOptions): MysqlPool {
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
		connectionLimit: config.poolSize,
		queueLimit: maxWaiting
	});
	// Kysely identifies a connection by its object, so each keeps the same one.
	const known = new WeakMap<PoolConnection, MysqlConnection>();
	const open = new Set<MysqlConnection>();
	let isSilent = false;

	const watch = {
		deadlineMs: queryTimeoutMs,
		onError: (error: Error) => onError?.(error),
		onAnswer: () => (isSilent = false),
		onSilence(since: number) {
			isSilent = true;
			for (const one of open) if (!one.isInUse && one.answeredAt <= since) one.destroy();
		},
		onUseless() {
			const openedBefore = performance.now() - minReplacedAgeMs;
			for (const one of open) if (one.openedAt < openedBefore) one.retire();
		},
		onDestroy: (one: MysqlConnection) => void open.delete(one)
	};

	/** Knows a new connection, sets up its session, and checks one that has been idle. */
	function prepare(connection: PoolConnection, callback: Callback<MysqlConnection>): void {
		const before = known.get(connection);
		const prepared = before ?? new MysqlConnection(connection, watch);
		prepared.isInUse = true;
		if (before && performance.now() - before.answeredAt < trustedIdleMs) return callback(undefined, before);
		if (!before) {
			known.set(connection, prepared);
			open.add(prepared);
			for (const end of ['end', 'error']) connection.once(end, () => open.delete(prepared));
		}
		const done = (error: unknown) => {
			if (error) prepared.destroy();
			callback(error, prepared);
		};
		prepared.send(before ? 'do 1' : sessionSetup, [], done, checkTimeoutMs);
	}

	/** @param mayRepeat whether a connection that turns out to be dead is replaced by another one */
	function acquire(callback: Callback<MysqlConnection>, mayRepeat: boolean): void {
		pool.getConnection((refusal, connection) => {
			if (refusal) {
				onError?.(refusal);
				// Whatever the server refuses a connection for, it may accept one later.
				return callback(new UnavailableError('database_unavailable', refusal), undefined as never);
			}
			const isNew = !known.has(connection);
			prepare(connection, (error, prepared) => {
				if (!error) callback(undefined, prepared);
				else if (mayRepeat && !isNew) acquire(callback, false);
				else callback(error, undefined as never);
			});
		});
	}

	function getConnection(callback: Callback<MysqlPoolConnection>): void {
		let isLate = false;
		const timer = setTimeout(
			() => {
				isLate = true;
				callback(new UnavailableError('database_unavailable', 'no connection in time'), undefined as never);
			},
			isSilent ? silentPoolTimeoutMs : poolTimeoutMs
		);
		acquire((error, connection) => {
			if (isLate) return connection?.release();
			clearTimeout(timer);
			callback(error, connection);
		}, true);
	}

	return {
		getConnection,
		end(callback) {
			for (const one of open) one.unref();
			pool.end(callback);
		}
	};
}

function describeTls({ ca, checksName }: MysqlTls): SslOptions {
	return { ...(ca && { ca }), verifyIdentity: checksName, rejectUnauthorized: true, minVersion: 'TLSv1.2' };
}
