import { createConnection } from 'mysql2';
import type { MysqlConfig } from '../config/mysql.ts';

const connectTimeoutMs = 5_000;

/**
 * Streams the rows of a table of any MySQL or MariaDB server, ordered by `id` if the table has it. Reads those of the
 * given columns that exist. More rows are requested as they are consumed.
 *
 * @throws the error of the driver, or a MissingColumnsError before the first row
 */
export async function* readMysqlTable(
	{ host, port, user, password, database }: Omit<MysqlConfig, 'engine' | 'tls' | 'poolSize'>,
	table: string,
	{ columns, required }: { columns: string[]; required: string[] }
): AsyncGenerator<Record<string, unknown>> {
	const connection = createConnection({
		host,
		port,
		user,
		password,
		database,
		charset: 'utf8mb4',
		// A driver's Date would hide whether the time zone is known, and bytes whether they are text.
		typeCast: (field) => readField(field),
		connectTimeout: connectTimeoutMs,
		disableEval: true
	});
	try {
		// The server converts each TIMESTAMP to the time zone of the connection.
		await connection.promise().query("set time_zone = '+00:00'");
		const [fields] = await connection.promise().query<never>('show columns from ??', [table]);
		const names = (fields as { Field: string }[]).map(({ Field }) => Field);
		const missing = required.filter((column) => !names.includes(column));
		if (missing.length > 0) throw new MissingColumnsError(missing, names);
		const chosen = columns.filter((column) => names.includes(column));
		const order = names.includes('id') ? ' order by id' : '';
		yield* connection.query(`select ?? from ??${order}`, [chosen, table]).stream() as AsyncIterable<
			Record<string, unknown>
		>;
	} finally {
		connection.destroy();
	}
}

/** Every value as text. A TIMESTAMP is UTC, and a DATETIME has no time zone. */
function readField(field: { type: string; string(encoding?: 'utf8'): string | null }): string | null {
	const text = field.string('utf8');
	return field.type === 'TIMESTAMP' && text !== null ? `${text}Z` : text;
}

export class MissingColumnsError extends Error {
	constructor(missing: string[], there: string[]) {
		super(`there is no column ${missing.join(', ')}, only ${there.join(', ')}`);
		this.name = 'MissingColumnsError';
	}
}
