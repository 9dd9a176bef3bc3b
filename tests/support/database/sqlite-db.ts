import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { connect, type ConnectOptions } from '../../../src/lib/server/db/connect.ts';
import type { Db } from '../../../src/lib/server/db/tables.ts';

/**
 * An embedded database in a folder of its own for each test of a unit: `open` gives one more connection to the same
 * file, as another instance would have. Without tables until the test makes them.
 */
export function useSqlite(options: ConnectOptions = {}): { db: Db; open: () => Db } {
	let folder = '';
	let opened: Db[] = [];
	const given = {
		db: undefined as unknown as Db,
		open() {
			const db = connect({ database: { engine: 'sqlite' }, dataDir: folder }, options);
			opened.push(db);
			return db;
		}
	};

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'um-unit-'));
		given.db = given.open();
	});
	afterEach(async () => {
		await Promise.all(opened.map((db) => db.destroy()));
		opened = [];
		rmSync(folder, { recursive: true });
	});
	return given;
}
