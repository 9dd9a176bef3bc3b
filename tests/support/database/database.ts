import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import mysql from 'mysql2/promise';

export type Engine = 'sqlite' | 'mysql';
export type Row = Record<string, unknown>;

/** A database of one service's own, on the engine under test. */
export interface TestDatabase {
	engine: Engine;
	/** The settings with which the service finds it. */
	environment: Record<string, string>;
	/** Runs one statement with `?` for parameters, beside the service; resolves to the rows, if it has any. */
	query: (sql: string, parameters?: (string | number | null)[]) => Promise<Row[]>;
	/** Removes it from the server; the embedded one goes with its folder. */
	drop: () => Promise<void>;
}

/** The engine under test, as `TEST_ENGINE` says; SQLite when it says nothing. */
export function chosenEngine(): Engine {
	const engine = process.env.TEST_ENGINE || 'sqlite';
	if (engine !== 'sqlite' && engine !== 'mysql')
		throw new Error(`TEST_ENGINE is sqlite or mysql, not ${engine}`);
	return engine;
}

/** Host and port of the server that `TEST_MYSQL_URL` names. */
export function mysqlAddress(): { host: string; port: number } {
	const { hostname, port } = serverUrl();
	return { host: hostname, port: Number(port || 3306) };
}

/** Makes an empty database; the embedded one will be in `dataDir`, made by the service. */
export async function freshDatabase(dataDir: string, engine = chosenEngine()): Promise<TestDatabase> {
	return engine === 'mysql' ? freshMysql() : freshSqlite(dataDir);
}

function freshSqlite(dataDir: string): TestDatabase {
	return {
		engine: 'sqlite',
		environment: {},
		query: async (sql, parameters = []) => {
			const database = new DatabaseSync(path.join(dataDir, 'user-management.db'), { timeout: 5000 });
			try {
				const statement = database.prepare(sql);
				const values = parameters satisfies SQLInputValue[];
				if (statement.columns().length > 0) return statement.all(...values);
				statement.run(...values);
				return [];
			} finally {
				database.close();
			}
		},
		drop: async () => {}
	};
}

async function freshMysql(): Promise<TestDatabase> {
	const { host, port } = mysqlAddress();
	const user = decodeURIComponent(serverUrl().username);
	const password = decodeURIComponent(serverUrl().password);
	const name = `user_management_test_${randomBytes(6).toString('hex')}`;
	const ask = async (database: string | undefined, sql: string, parameters: unknown[] = []) => {
		const connection = await mysql.createConnection({ host, port, user, password, database });
		try {
			const [rows] = await connection.query<mysql.RowDataPacket[]>(sql, parameters);
			return Array.isArray(rows) ? rows.map((row) => ({ ...row })) : [];
		} finally {
			await connection.end();
		}
	};
	await ask(undefined, `create database ${name} character set utf8mb4`);
	return {
		engine: 'mysql',
		environment: {
			MYSQL_DATABASE_HOST: host,
			MYSQL_DATABASE_PORT: String(port),
			MYSQL_USER: user,
			MYSQL_PASSWORD: password,
			MYSQL_DATABASE: name,
			SECRET_KEY: randomBytes(48).toString('base64url')
		},
		query: (sql, parameters) => ask(name, sql, parameters),
		drop: async () => {
			await ask(undefined, `drop database if exists ${name}`);
		}
	};
}

function serverUrl(): URL {
	const url = process.env.TEST_MYSQL_URL;
	if (!url)
		throw new Error('TEST_ENGINE=mysql needs TEST_MYSQL_URL; `npm test -- --only api` provides a server');
	return new URL(url);
}
