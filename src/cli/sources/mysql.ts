import { MissingColumnsError, readMysqlTable } from '#lib/server/db/mysql-table.ts';
import { columns, requiredColumns, SourceError, type SourceRow } from './source.ts';

interface Options {
	table: string;
	/** Used when the URL has none. */
	password: string;
}

/** @param url `mysql://user[:password]@host[:port]/database` */
export async function* readMysql(url: URL, { table, password }: Options): AsyncGenerator<SourceRow> {
	const source = {
		host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
		port: Number(url.port || 3306),
		user: decodeURIComponent(url.username),
		password: decodeURIComponent(url.password) || password,
		database: decodeURIComponent(url.pathname.slice(1))
	};
	try {
		yield* readMysqlTable(source, table, { columns, required: requiredColumns });
	} catch (error) {
		throw describeFault(error, { ...source, table });
	}
}

function describeFault(
	error: unknown,
	{
		host,
		port,
		user,
		database,
		table
	}: { host: string; port: number; user: string; database: string; table: string }
): unknown {
	if (error instanceof MissingColumnsError) return new SourceError(`In the table ${table} ${error.message}`);
	const { code, errno } = error as NodeJS.ErrnoException;
	const server = `${host}:${port}`;
	switch (errno) {
		case 1045: // ER_ACCESS_DENIED_ERROR
			return new SourceError(`${server} rejects the user ${user}: check the name and password`);
		case 1044: // ER_DBACCESS_DENIED_ERROR
		case 1142: // ER_TABLEACCESS_DENIED_ERROR
			return new SourceError(`The user ${user} may not read the table ${table} of ${database} on ${server}`);
		case 1049: // ER_BAD_DB_ERROR
			return new SourceError(`There is no database ${database} on ${server}`);
		case 1146: // ER_NO_SUCH_TABLE
			return new SourceError(`There is no table ${table} in the database ${database} on ${server}`);
	}
	// Error codes of Node and the driver: the server is unavailable, or the connection broke.
	if (code && /^(E[A-Z]+|PROTOCOL_\w+|HANDSHAKE_\w+)$/.test(code)) {
		return new SourceError(`${server} does not answer as a MySQL server (${code})`);
	}
	return error;
}
