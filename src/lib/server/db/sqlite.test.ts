import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { createSqliteDialect } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'um-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what broke a transaction is what is thrown, also when SQLite has ended it by itself', async () => {
	const db = new Kysely<unknown>({ dialect: createSqliteDialect(join(folder, 'a.db')) });
	const broken = db.transaction().execute(async (transaction) => {
		// As a full disk does.
		await sql`rollback`.execute(transaction);
		throw new Error('the cause');
	});
	await expect(broken).rejects.toThrow('the cause');
	await db.destroy();
});
