import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { translateDriverError } from './errors.ts';

/** The driver is synchronous. Waiting for another process blocks the event loop, so the wait is short. */
const busyTimeoutMs = 1_000;

/**
 * Node's own SQLite behind the few methods that Kysely calls. Errors are translated.
 *
 * @param onError called with each error before that
 */
export function createSqliteDialect(path: string, onError?: (error: Error) => void): SqliteDialect {
	return new SqliteDialect({ database: async () => open(path, onError) });
}

const nothing: SqliteStatement = {
	reader: false,
	all: () => [],
	run: () => ({ changes: 0, lastInsertRowid: 0 }),
	iterate: () => [].values()
};

function open(path: string, onError: (error: Error) => void = () => {}): SqliteDatabase {
	function translateErrors<Result>(act: () => Result): Result {
		try {
			return act();
		} catch (error) {
			if (error instanceof Error) onError(error);
			throw translateDriverError(error);
		}
	}

	const database = translateErrors(() => {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		// SQLite gives its other files the mode of this file.
		closeSync(openSync(path, 'a', 0o600));
		return new DatabaseSync(path, { timeout: busyTimeoutMs });
	});
	// FULL: an acknowledged registration survives a power failure.
	translateErrors(() => database.exec('pragma journal_mode = wal; pragma synchronous = full;'));
	const statements = new Map<string, { statement: StatementSync; reader: boolean }>();

	function prepare(sql: string) {
		// A transaction that reads before it writes cannot wait for another process that writes in between: it fails. With
		// `begin immediate`, it waits at its beginning.
		const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
		const prepared = { statement, reader: statement.columns().length > 0 };
		// The cache stays small, because all SQL is in the code. Statements that change the schema are not cached.
		if (/^(select|insert|update|delete)\b/i.test(sql)) statements.set(sql, prepared);
		return prepared;
	}

	return {
		close: () => database.close(),
		prepare(sql) {
			// A fault such as a full disk has already ended the transaction. Another failure here would hide it.
			if (sql === 'rollback' && !database.isTransaction) return nothing;
			const known = statements.get(sql) ?? translateErrors(() => prepare(sql));
			const { statement } = known;
			return {
				reader: known.reader,
				all: (parameters) => translateErrors(() => statement.all(...(parameters as SQLInputValue[]))),
				run: (parameters) => translateErrors(() => statement.run(...(parameters as SQLInputValue[]))),
				iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[]))
			};
		}
	};
}
