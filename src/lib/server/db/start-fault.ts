import type { Config } from '../config/config.ts';
import { exitStatus } from '../exit-status.ts';

/** Why the database is unusable until an operator fixes it, in one line, and the exit status. */
export interface StartFault {
	message: string;
	/** `config` for wrong settings, `failure` for a temporary fault. */
	exitStatus: typeof exitStatus.failure | typeof exitStatus.config;
}

interface DriverFault {
	message?: string;
	code?: string;
	errno?: number;
	errcode?: number;
	cause?: unknown;
}

/** @returns undefined if waiting or another attempt may help */
export function describeStartFault(error: unknown, { database, dataDir }: Config): StartFault | undefined {
	const fault = (error instanceof Error && error.cause instanceof Error ? error.cause : error) as DriverFault;
	if (database.engine === 'sqlite') return describeSqliteFault(fault, dataDir);
	const { user, host, port, database: name } = database;
	if (fault.code === 'HANDSHAKE_NO_SSL_SUPPORT') {
		return settings(`${host}:${port} does not offer TLS: give it a certificate, or set MYSQL_TLS=off`);
	}
	// A connection that breaks during the handshake has the same code.
	if (fault.code === 'HANDSHAKE_SSL_ERROR' && /certificate|altname/i.test(fault.message ?? '')) {
		const why = `${host}:${port} has a certificate that is not trusted (${fault.message})`;
		return settings(`${why}: check MYSQL_TLS_CA_FILE and MYSQL_DATABASE_HOST`);
	}
	switch (fault.errno) {
		case 1045: // ER_ACCESS_DENIED_ERROR
			return settings(`${host}:${port} refuses the user ${user}: check MYSQL_USER and MYSQL_PASSWORD`);
		case 3118: // ER_ACCOUNT_HAS_BEEN_LOCKED
			return settings(`The account ${user} on ${host}:${port} is locked: unlock it with ALTER USER`);
		case 1044: // ER_DBACCESS_DENIED_ERROR
			return settings(`${user} has no rights on the database ${name}: GRANT ALL ON ${name}.* TO '${user}'`);
		case 1049: // ER_BAD_DB_ERROR
			return settings(
				`The database ${name} does not exist on ${host}:${port}: create it or check MYSQL_DATABASE`
			);
	}
	return undefined;
}

function describeSqliteFault({ code, errcode }: DriverFault, dataDir: string): StartFault | undefined {
	const place = `the embedded database in ${dataDir}`;
	switch (errcode === undefined ? code : errcode & 0xff) {
		case 'ENOSPC':
		case 13: // SQLITE_FULL
			return { message: `The disk is full under ${place}: free some space`, exitStatus: exitStatus.failure };
		case 10: // SQLITE_IOERR
			return {
				message: `The disk under ${place} reports an error: check it`,
				exitStatus: exitStatus.failure
			};
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
		case 8: // SQLITE_READONLY
			return settings(`This process may not write ${place}: change the owner, or set DATA_DIR`);
		case 'EISDIR':
		case 'ENOTDIR':
		case 'EEXIST':
			return settings(`A file or folder is in the way of ${place}: move it, or set DATA_DIR`);
		case 14: // SQLITE_CANTOPEN
		case 26: // SQLITE_NOTADB
		case 11: // SQLITE_CORRUPT
			return settings(
				`The file of ${place} is not a database that can be opened: restore it, or set DATA_DIR`
			);
	}
	return undefined;
}

function settings(message: string): StartFault {
	return { message, exitStatus: exitStatus.config };
}
