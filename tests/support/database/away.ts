import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { chosenEngine, freshDatabase, mysqlAddress } from './database.ts';
import { startRelay } from './relay.ts';
import { type Service, startService } from '../service/service.ts';

/** A service whose database does not answer: a server behind a cut line, or a file that another process holds. */
export async function startWithoutDatabase(extra: Record<string, string> = {}): Promise<Service> {
	if (chosenEngine() === 'mysql') {
		const relay = await startRelay(mysqlAddress());
		await relay.cut();
		const env = { ...extra, MYSQL_DATABASE_HOST: '127.0.0.1', MYSQL_DATABASE_PORT: String(relay.port) };
		return startService({ until: 'alive', env });
	}
	const dataDir = mkdtempSync(path.join(os.tmpdir(), 'um-away-'));
	const holder = new DatabaseSync(path.join(dataDir, 'user-management.db'));
	holder.exec('begin exclusive');
	const service = await startService({ until: 'alive', env: { ...extra, DATA_DIR: dataDir } });
	const stop = async () => {
		const status = await service.stop();
		holder.close();
		rmSync(dataDir, { recursive: true, force: true });
		return status;
	};
	return { ...service, stop };
}

/** A service that cannot run its migrations: there is a foreign table of the same name. */
export async function startWithForeignTable(extra: Record<string, string> = {}): Promise<Service> {
	const dataDir = mkdtempSync(path.join(os.tmpdir(), 'um-migration-'));
	const database = await freshDatabase(dataDir);
	if (database.engine === 'sqlite') new DatabaseSync(path.join(dataDir, 'user-management.db')).close();
	await database.query('create table sessions (id char(36) primary key)');
	const service = await startService({ successorOf: { dataDir, database }, until: 'alive', env: extra });
	const stop = async () => {
		const status = await service.stop();
		await database.drop();
		rmSync(dataDir, { recursive: true, force: true });
		return status;
	};
	return { ...service, stop };
}

/** Breaks what reads some tables. @returns what puts them back */
export async function takeTablesAway({ database }: Service, tables: string[]): Promise<() => Promise<void>> {
	for (const table of tables) await database.query(`alter table ${table} rename to ${table}_away`);
	return async () => {
		for (const table of tables) await database.query(`alter table ${table}_away rename to ${table}`);
	};
}
