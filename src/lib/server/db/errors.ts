import { UnavailableError } from '../outcome.ts';

interface DriverError extends Error {
	/** The name of the error in Node or mysql2. */
	code?: string;
	/** The MySQL error number; for a system call, the negative errno. */
	errno?: number;
	/** The extended result code of SQLite. */
	errcode?: number;
}

/** Temporary errors: the server is unreachable, stopping or full, or the cluster node has no quorum. */
const passingMysqlErrors = new Set([
	1040, // ER_CON_COUNT_ERROR
	1047, // ER_UNKNOWN_COM_ERROR: Galera's "WSREP has not yet prepared node"
	1053, // ER_SERVER_SHUTDOWN
	1203, // ER_TOO_MANY_USER_CONNECTIONS
	1205, // ER_LOCK_WAIT_TIMEOUT
	1213, // ER_LOCK_DEADLOCK
	1290, // ER_OPTION_PREVENTS_STATEMENT: --read-only, while a replica is promoted
	1792, // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
	1836, // ER_READ_ONLY_MODE
	1927, // ER_CONNECTION_KILLED
	3100, // ER_RUN_HOOK_ERROR: Group Replication refuses the commit
	3168 // ER_SERVER_ISNT_AVAILABLE
]);
const systemErrors = /^(E[A-Z_]+|PROTOCOL_\w+|HANDSHAKE_\w+)$/;

/** The primary result codes of SQLite: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN. */
const passingSqliteErrors = new Set([5, 6, 8, 10, 13, 14]);

/** Translates a temporary driver error into an UnavailableError. Returns any other error unchanged. */
export function translateDriverError(error: unknown): unknown {
	if (!(error instanceof Error) || error instanceof UnavailableError) return error;
	return isPassing(error) ? new UnavailableError('database_unavailable', error) : error;
}

function isPassing({ code, errno, errcode, message }: DriverError): boolean {
	if (errcode !== undefined) return passingSqliteErrors.has(errcode & 0xff);
	if (errno !== undefined && passingMysqlErrors.has(errno)) return true;
	if (code !== undefined && !code.startsWith('ER_') && systemErrors.test(code)) return true;
	return /^(Queue limit reached|Pool is closed)\.$|connection is in closed state/.test(message);
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
