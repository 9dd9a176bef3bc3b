import { writeFileSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };
import { startService } from '../tests/support/service/service.ts';
import { register } from '../tests/support/people/users.ts';
import { releasedUser } from '../tests/upgrades/released-user.ts';

// Run after the build of each release: stores its schema and data, from which the tests of later versions upgrade.
// usage: TEST_ENGINE=sqlite node scripts/dump-release.ts; the same with TEST_ENGINE=mysql TEST_MYSQL_URL=mysql://…

const service = await startService();
try {
	await register(service.origin, releasedUser);
	const { engine, query } = service.database;
	const statements = engine === 'mysql' ? await dumpMysql(query) : await dumpSqlite(query);
	const file = `tests/upgrades/${packageJson.version}.${engine}.sql`;
	writeFileSync(file, statements.map((statement) => `${statement};\n`).join('\n'));
	console.log(`wrote ${file}`);
} finally {
	await service.stop();
}

type Query = typeof service.database.query;

async function dumpSqlite(query: Query): Promise<string[]> {
	const schema = await query(
		"select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite_%'"
	);
	const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => String(name));
	return [...schema.map(({ sql }) => String(sql)), ...(await dumpRows(query, tables))];
}

async function dumpMysql(query: Query): Promise<string[]> {
	const found = await query(
		'select table_name as name from information_schema.tables where table_schema = database()'
	);
	// Referenced tables come first.
	const tables = found
		.map(({ name }) => String(name))
		.sort((a, b) => Number(b === 'users') - Number(a === 'users'));
	const creations: string[] = [];
	for (const table of tables) {
		const [row] = await query(`show create table ${table}`);
		// Kysely's own tables have the default collation of the server, which MariaDB may not know.
		creations.push(String(row?.['Create Table']).replace(' COLLATE=utf8mb4_0900_ai_ci', ''));
	}
	return [...creations, ...(await dumpRows(query, tables))];
}

async function dumpRows(query: Query, tables: string[]): Promise<string[]> {
	const statements: string[] = [];
	for (const table of tables) {
		for (const row of await query(`select * from ${table}`)) {
			const values = Object.values(row).map((value) =>
				typeof value === 'number' ? value : `'${String(value)}'`
			);
			statements.push(`insert into ${table} (${Object.keys(row).join(', ')}) values (${values.join(', ')})`);
		}
	}
	return statements;
}
