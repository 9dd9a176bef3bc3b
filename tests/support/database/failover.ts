import { randomBytes } from 'node:crypto';
import mysql from 'mysql2/promise';
import type { TestDatabase } from './database.ts';

/** Runs statements one after the other as the account of a URL. @returns the rows of the last one */
export async function runOn(
	url: string,
	statements: string[],
	database?: string
): Promise<mysql.RowDataPacket[]> {
	const connection = await mysql.createConnection({ uri: url, ...(database && { database }) });
	try {
		let last: mysql.RowDataPacket[] = [];
		for (const statement of statements)
			[last] = await connection.query<mysql.RowDataPacket[]>({ sql: statement });
		return last;
	} finally {
		await connection.end();
	}
}

/** An account of a service's own on several servers, which a read-only server binds. @returns the settings with it */
export async function createAccount(urls: string[], database: string): Promise<Record<string, string>> {
	const name = `failover_${randomBytes(4).toString('hex')}`;
	const password = randomBytes(12).toString('hex');
	for (const url of urls) {
		await runOn(url, [
			`create database if not exists ${database} character set utf8mb4`,
			`create user '${name}'@'%' identified by '${password}'`,
			`grant all on ${database}.* to '${name}'@'%'`
		]);
	}
	return { MYSQL_USER: name, MYSQL_PASSWORD: password, MYSQL_DATABASE: database };
}

/** Copies the tables and what has been migrated to another server, as a replica would have them. */
export async function copySchema({ query }: TestDatabase, url: string, database: string): Promise<void> {
	const tables = await query(
		'select table_name as name from information_schema.tables where table_schema = database()'
	);
	const statements = ['set foreign_key_checks = 0'];
	for (const { name } of tables) {
		const [created] = await query(`show create table ${String(name)}`);
		statements.push(String(created?.['Create Table']).replaceAll(/COLLATE[= ](\S*uca1400\S*)/g, ''));
	}
	for (const { name, timestamp } of await query('select name, timestamp from migrations'))
		statements.push(`insert into migrations values ('${String(name)}', '${String(timestamp)}')`);
	await runOn(url, statements, database);
}
