import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { chosenEngine, freshDatabase } from '../support/database/database.ts';
import { request } from '../support/http/http.ts';
import { startService } from '../support/service/service.ts';
import { accessToken } from '../support/people/users.ts';
import { releasedUser } from '../upgrades/released-user.ts';

const folder = path.resolve(import.meta.dirname, '../upgrades');
const engine = chosenEngine();
const releases = readdirSync(folder).filter((file) => file.endsWith(`.${engine}.sql`));

test('there is a dump of a release', () => {
	expect(releases).not.toEqual([]);
});

test.each(releases)('what %s holds is brought to this version, and its user logs in', async (file) => {
	const dataDir = mkdtempSync(path.join(os.tmpdir(), 'um-upgrade-'));
	// The embedded database is a file, made before the service is there.
	if (engine === 'sqlite') new DatabaseSync(path.join(dataDir, 'user-management.db')).close();
	const database = await freshDatabase(dataDir);
	for (const statement of readFileSync(path.join(folder, file), 'utf8').split(/;\n+/)) {
		if (statement) await database.query(statement);
	}

	const service = await startService({ successorOf: { dataDir, database } });
	const token = await accessToken(service.origin, releasedUser);
	const me = await request(service.origin, { path: '/me', headers: { authorization: `Bearer ${token}` } });
	expect(me.json).toMatchObject({ email: releasedUser.email, first_name: 'Ada', role: 'user' });
	expect(await service.stop()).toBe(0);
	await database.drop();
	rmSync(dataDir, { recursive: true, force: true });
});
