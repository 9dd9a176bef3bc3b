import { runCli } from './cli.ts';
import type { Service } from './service.ts';

/** What the service and the command share. */
const shared = { HASH_MEMORY_MB: '60' };

/** Runs `users import` with a text on its standard input, against the database of a service. */
export function importText(service: Service, input: string, ...args: string[]) {
	const settings = { ...shared, DATA_DIR: service.dataDir, ...service.database.environment };
	return runCli(['users', 'import', '--from', '-', ...args], settings, input);
}

/** The same with an object for each row. */
export function importRows(service: Service, rows: Record<string, unknown>[], ...args: string[]) {
	return importText(service, rows.map((row) => JSON.stringify(row)).join('\n'), ...args);
}

/** The whole row of a user. */
export async function findStoredUser(service: Service, email: string) {
	const [row] = await service.database.query('select * from users where email = ?', [email]);
	return row;
}
