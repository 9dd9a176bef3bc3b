import { UnavailableError } from '../outcome.ts';
import { classifyMysqlError, type MysqlErrorClass } from './mysql-errors.ts';

export interface DriverError extends Error {
	/** The name of the error in Node or mysql2. */
	code?: string;
	/** The MySQL error number; for a system call, the negative errno. */
	errno?: number;
	/** The extended result code of SQLite. */
	errcode?: number;
}

const systemErrors = /^(E[A-Z_]+|PROTOCOL_\w+|HANDSHAKE_\w+)$/;

/** The primary result codes of SQLite: BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL. */
const passingSqliteErrors = new Set([5, 6, 7, 8, 9, 10, 13, 14, 15]);

/** Translates a temporary driver error into an UnavailableError. Returns any other error unchanged. */
export function translateDriverError(error: unknown): unknown {
	if (!(error instanceof Error) || error instanceof UnavailableError) return error;
	return isPassing(error) ? new UnavailableError('database_unavailable', error) : error;
}

function isPassing(error: DriverError): boolean {
	const { code, errcode, message } = error;
	if (errcode !== undefined) return passingSqliteErrors.has(errcode & 0xff);
	if (classOf(error) !== undefined) return true;
	if (code !== undefined && !code.startsWith('ER_') && systemErrors.test(code)) return true;
	return /^(Queue limit reached|Pool is closed)\.$|connection is in closed state/.test(message);
}

/** What an error of MySQL or MariaDB means; undefined for other errors. */
export function classOf({ errno }: DriverError): MysqlErrorClass | undefined {
	return errno === undefined ? undefined : classifyMysqlError(errno);
}

/** Why nothing can be written: the database is read-only, or its disk is full or broken. */
export function findWriteFault(error: DriverError): 'read_only' | 'storage' | undefined {
	switch (error.errcode === undefined ? classOf(error) : error.errcode & 0xff) {
		case 'read_only':
		case 8: // SQLITE_READONLY
			return 'read_only';
		case 'storage':
		case 10: // SQLITE_IOERR
		case 13: // SQLITE_FULL
			return 'storage';
	}
	return undefined;
}

/** Whether an INSERT or UPDATE violated a unique key. */
export function isUniqueViolation(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const { errno, errcode } = error as DriverError;
	// MySQL's ER_DUP_ENTRY; SQLite's CONSTRAINT_UNIQUE and CONSTRAINT_PRIMARYKEY
	return errno === 1062 || errcode === 2067 || errcode === 1555;
}

/**
 * Inserts a row unless a unique key of the table forbids it. The key decides which row is first, without a lookup.
 *
 * @returns false if a row with the same key exists
 */
export async function insertIfNew(insert: { execute(): Promise<unknown> }): Promise<boolean> {
	try {
		await insert.execute();
		return true;
	} catch (error) {
		if (isUniqueViolation(error)) return false;
		throw error;
	}
}

export function isMissingTable(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const { errno, errcode, message } = error as DriverError;
	return errno === 1146 || (errcode === 1 && message.startsWith('no such table')); // ER_NO_SUCH_TABLE, SQLITE_ERROR
}
