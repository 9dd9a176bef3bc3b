import type { PoolConnection } from 'mysql2';
import { type Callback, MysqlConnection } from './mysql-connection.ts';

/** A connection that has been idle for longer is asked first whether its server still answers. */
const trustedIdleMs = 5_000;
const checkTimeoutMs = 2_000;
/** Connections that are younger are not replaced: the server may stay useless for longer. */
const minReplacedAgeMs = 1_000;

/**
 * Makes the session independent of server defaults: nothing is truncated silently, and on Galera a read sees the
 * commits of other nodes. Only MariaDB reads the comment.
 */
const sessionSetup =
	"set session sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION' /*M!100000 , wsrep_sync_wait = 1 */";

export interface ConnectionOptions {
	/** The deadline of each statement. */
	queryTimeoutMs: number;
	/** Called with each error of the driver. */
	onError?: ((error: Error) => void) | undefined;
}

/** The open connections of a pool. Those to a server that is silent, stopping or read-only are ended. */
export class MysqlConnections {
	readonly #options: ConnectionOptions;
	/** Kysely identifies a connection by its object, so each keeps the same one. */
	readonly #known = new WeakMap<PoolConnection, MysqlConnection>();
	readonly #open = new Set<MysqlConnection>();
	#isSilent = false;

	constructor(options: ConnectionOptions) {
		this.#options = options;
	}

	/** Whether the last statement got no answer. */
	get isSilent(): boolean {
		return this.#isSilent;
	}

	has(connection: PoolConnection): boolean {
		return this.#known.has(connection);
	}

	/** Sets up the session of a new connection, and checks one that has been idle. One that fails is ended. */
	prepare(connection: PoolConnection, callback: Callback<MysqlConnection>): void {
		const before = this.#known.get(connection);
		const prepared = before ?? this.#add(connection);
		prepared.isInUse = true;
		if (before && performance.now() - before.answeredAt < trustedIdleMs) return callback(undefined, before);
		const done = (error: unknown) => {
			if (error) prepared.destroy();
			callback(error, prepared);
		};
		prepared.send(before ? 'do 1' : sessionSetup, [], done, checkTimeoutMs);
	}

	/** Lets the process end although a server does not close its side. */
	unref(): void {
		for (const one of this.#open) one.unref();
	}

	#add(connection: PoolConnection): MysqlConnection {
		const added = new MysqlConnection(connection, {
			deadlineMs: this.#options.queryTimeoutMs,
			onError: (error) => this.#options.onError?.(error),
			onAnswer: () => (this.#isSilent = false),
			onSilence: (since) => this.#endSilent(since),
			onUseless: () => this.#retireOld(),
			onDestroy: (one) => void this.#open.delete(one)
		});
		this.#known.set(connection, added);
		this.#open.add(added);
		for (const end of ['end', 'error']) connection.once(end, () => this.#open.delete(added));
		return added;
	}

	/** Those in use have statements with deadlines of their own. */
	#endSilent(since: number): void {
		this.#isSilent = true;
		for (const one of this.#open) if (!one.isInUse && one.answeredAt <= since) one.destroy();
	}

	#retireOld(): void {
		const openedBefore = performance.now() - minReplacedAgeMs;
		for (const one of this.#open) if (one.openedAt < openedBefore) one.retire();
	}
}
