import type { Duplex } from 'node:stream';
import type { MysqlPoolConnection } from 'kysely';
import type { PoolConnection, QueryError } from 'mysql2';
import { UnavailableError } from '../outcome.ts';
import { classOf, translateDriverError } from './errors.ts';

export type Callback<Result> = (error: unknown, result: Result) => void;

export interface ConnectionWatch {
	/** How long a statement may take, from its preparation to its result. */
	deadlineMs: number;
	/** Called with the error of a driver before it is translated. */
	onError(error: Error): void;
	/** Called when the server says that it can no longer be used, or not for writing. */
	onUseless(): void;
	/** Called when a statement got no answer; `since` is when it was sent, on the monotonic clock. */
	onSilence(since: number): void;
	onAnswer(): void;
	onDestroy(connection: MysqlConnection): void;
}

/**
 * One connection of the pool as Kysely uses it. Values are sent separately from the statement, which the server
 * prepares. The driver's own deadline covers only the execution, so each statement gets one here: on expiry, the
 * connection is destroyed.
 */
export class MysqlConnection implements MysqlPoolConnection {
	readonly config: MysqlPoolConnection['config'];
	readonly threadId: number;
	/** On the monotonic clock, as all times here. */
	readonly openedAt = performance.now();
	answeredAt = performance.now();
	isInUse = false;
	readonly #connection: PoolConnection;
	readonly #watch: ConnectionWatch;
	/** Its transaction has ended with it. */
	#isBroken = false;
	#isRetired = false;

	constructor(connection: PoolConnection, watch: ConnectionWatch) {
		this.#connection = connection;
		this.#watch = watch;
		this.config = connection.config;
		this.threadId = connection.threadId;
	}

	connect(callback?: (error: unknown) => void): void {
		callback?.(undefined);
	}

	query(sql: string, values: unknown[], callback: Callback<never> = () => {}) {
		this.send(sql, values, callback, this.#watch.deadlineMs);
		return { stream: refuseStream };
	}

	/** Runs a statement with a deadline of its own. */
	send(sql: string, values: unknown[], callback: Callback<never>, deadlineMs: number): void {
		const sentAt = performance.now();
		let isOver = false;
		const finish = (error: Error | null, result: unknown) => {
			// The driver reports a connection that was destroyed here, too.
			if (isOver) return;
			isOver = true;
			clearTimeout(timer);
			// A transaction ends with its connection. An error of the rollback would hide the error that caused it.
			if (this.#isBroken && sql === 'rollback') return callback(null, undefined as never);
			callback(error && translateDriverError(error), result as never);
		};
		const timer = setTimeout(() => {
			this.#isBroken = true;
			this.#watch.onSilence(sentAt);
			this.destroy();
			finish(new UnavailableError('database_unavailable', `no answer in ${deadlineMs} ms`), undefined);
		}, deadlineMs);
		const done = (error: QueryError | null, result: unknown) => {
			if (!isOver) this.#note(error);
			finish(error, result);
		};
		if (values.length > 0) this.#connection.execute({ sql, values: values as never }, done);
		// BEGIN and some DDL cannot be prepared.
		else this.#connection.query({ sql }, done);
	}

	#note(error: QueryError | null): void {
		if (error?.fatal) {
			this.#isBroken = true;
		} else {
			this.answeredAt = performance.now();
			this.#watch.onAnswer();
		}
		if (!error) return;
		this.#watch.onError(error);
		const meaning = classOf(error);
		if (meaning === 'disconnected') this.#isRetired = true;
		if (meaning === 'disconnected' || meaning === 'read_only') this.#watch.onUseless();
	}

	/** Ends it, if it is in use when it is released. */
	retire(): void {
		this.#isRetired = true;
		if (!this.isInUse) this.destroy();
	}

	release(): void {
		this.isInUse = false;
		if (this.#isBroken || this.#isRetired) this.destroy();
		else this.#connection.release();
	}

	/** The driver would wait for the server to close its side. */
	destroy(): void {
		this.#watch.onDestroy(this);
		this.#connection.destroy();
		this.#stream.destroy();
	}

	/** Lets the process end although the server has not closed its side. */
	unref(): void {
		(this.#stream as Partial<{ unref(): void }>).unref?.();
	}

	get #stream(): Duplex {
		return (this.#connection as unknown as { stream: Duplex }).stream;
	}
}

function refuseStream(): never {
	throw new Error('Streaming is not offered: read in pages instead.');
}
