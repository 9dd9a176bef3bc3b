import { sql } from 'kysely';
import type { Config } from '../config/config.ts';
import type { Db } from './tables.ts';

/** Facts about the database for operators. Members that an engine does not have are undefined. */
export interface DatabaseFacts {
	name: 'MySQL' | 'MariaDB' | 'SQLite';
	version: string;
	isSupported: boolean;
	roundTripMs: number;
	characterSet?: string;
	emailCollation?: string;
	/** As in GRANT: `'name'@'host'`. */
	account?: string;
	missingPrivileges: string[];
	/** Privileges on every schema of the server. */
	globalPrivileges: string[];
	/** The clock of the database minus the local clock. */
	clockSkewMs?: number;
}

const neededPrivileges = [
	'SELECT',
	'INSERT',
	'UPDATE',
	'DELETE',
	'CREATE',
	'ALTER',
	'INDEX',
	'DROP',
	'REFERENCES'
];

/** @throws UnavailableError when the database is unavailable */
export async function inspectDatabase(db: Db, database: Config['database']): Promise<DatabaseFacts> {
	// The first query opens the connection, which is not part of the round trip.
	await sql`select 1`.execute(db);
	const startedAt = performance.now();
	await sql`select 1`.execute(db);
	const roundTripMs = performance.now() - startedAt;
	if (database.engine === 'mysql') return inspectMysql(db, { schema: database.database, roundTripMs });
	const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
	const version = rows[0]?.version ?? '';
	return {
		name: 'SQLite',
		version,
		isSupported: true,
		roundTripMs,
		missingPrivileges: [],
		globalPrivileges: []
	};
}

async function inspectMysql(
	db: Db,
	{ schema, roundTripMs }: { schema: string; roundTripMs: number }
): Promise<DatabaseFacts> {
	const { rows } = await sql<{ version: string; account: string; characters: string; clock: string }>`
		select version() as version, current_user() as account, @@character_set_connection as characters,
		round(unix_timestamp(now(3)) * 1000) as clock`.execute(db);
	const clockReadAt = Date.now();
	const facts = rows[0];
	if (!facts) throw new Error('The database answered nothing');
	const isMariadb = facts.version.includes('MariaDB');
	const account = facts.account.replace(/^(.*)@(.*)$/, "'$1'@'$2'");
	const globalPrivileges = await readGlobalPrivileges(db, account);
	const granted = new Set([...globalPrivileges, ...(await readSchemaPrivileges(db, { account, schema }))]);
	return {
		name: isMariadb ? 'MariaDB' : 'MySQL',
		version: facts.version,
		isSupported: isAtLeast(facts.version, isMariadb ? [10, 11] : [8, 4]),
		roundTripMs,
		characterSet: facts.characters,
		emailCollation: await readEmailCollation(db),
		account,
		missingPrivileges: neededPrivileges.filter((privilege) => !granted.has(privilege)),
		globalPrivileges,
		clockSkewMs: Number(facts.clock) - clockReadAt
	};
}

async function readGlobalPrivileges(db: Db, account: string): Promise<string[]> {
	const { rows } = await sql<{ privilege: string }>`
		select privilege_type as privilege from information_schema.user_privileges
		where grantee = ${account} and privilege_type <> 'USAGE'`.execute(db);
	return rows.map(({ privilege }) => privilege);
}

/**
 * Reads the privileges on the schema. A grant may name the schema by a pattern, such as `user\_management` or `team%`.
 */
async function readSchemaPrivileges(
	db: Db,
	{ account, schema }: { account: string; schema: string }
): Promise<string[]> {
	const { rows } = await sql<{ privilege: string }>`
		select privilege_type as privilege from information_schema.schema_privileges
		where grantee = ${account} and ${schema} like table_schema`.execute(db);
	return rows.map(({ privilege }) => privilege);
}

async function readEmailCollation(db: Db): Promise<string | undefined> {
	const { rows } = await sql<{ collation: string }>`
		select collation_name as collation from information_schema.columns
		where table_schema = database() and table_name = 'users' and column_name = 'email'`.execute(db);
	return rows[0]?.collation;
}

function isAtLeast(version: string, [major, minor]: [number, number]): boolean {
	const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
