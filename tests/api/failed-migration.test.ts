import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database/database.ts';
import { request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { newUser } from '../support/people/users.ts';

test('a migration that fails is named in /readyz, nothing is served from the tables, and the next start continues from there', async () => {
	const dataDir = mkdtempSync(path.join(os.tmpdir(), 'um-migration-'));
	if (process.env.TEST_ENGINE !== 'mysql') new DatabaseSync(path.join(dataDir, 'user-management.db')).close();
	const database = await freshDatabase(dataDir);
	// A foreign table of the same name, without the columns that an index of 0003 needs.
	await database.query('create table sessions (id char(36) primary key)');

	const stuck = await startService({ successorOf: { dataDir, database }, until: 'alive' });
	await expect
		.poll(() => stuck.output(), { timeout: 15_000 })
		.toContain('The schema could not be brought up to date');
	const ready = await request(stuck.origin, { path: '/readyz' });
	expect(ready.status).toBe(503);
	expect(ready.json).toMatchObject({ code: 'schema_outdated', migration: '0003_index_sessions_by_user' });
	const refused = await request(stuck.origin, { method: 'POST', path: '/register', json: newUser() });
	expect(refused.status).toBe(503);
	expect(refused.json.code).toBe('schema_outdated');
	expect(await stuck.stop()).toBe(0);

	for (const column of [
		'user_id char(36)',
		'created_at bigint',
		'last_seen_at bigint',
		'expires_at bigint'
	]) {
		await database.query(`alter table sessions add column ${column}`);
	}
	const repaired = await startService({ successorOf: { dataDir, database } });
	const registered = await request(repaired.origin, { method: 'POST', path: '/register', json: newUser() });
	expect(registered.status).toBe(201);
	expect(repaired.output()).not.toContain('Schema changed: 0001_create_users');
	expect(repaired.output()).toContain('Schema changed: 0003_index_sessions_by_user');
	expect(await repaired.stop()).toBe(0);
	await database.drop();
	rmSync(dataDir, { recursive: true, force: true });
});
