import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/service/cli.ts';
import { freshDatabase, type TestDatabase } from '../support/database/database.ts';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'um-migrate-'));
let database: TestDatabase;

beforeAll(async () => {
	database = await freshDatabase(dataDir);
});
afterAll(async () => {
	await database.drop();
	rmSync(dataDir, { recursive: true, force: true });
});

const migrate = (...args: string[]) =>
	runCli(['migrate', ...args], { DATA_DIR: dataDir, ...database.environment });

test('--plan shows what would run and changes nothing; without it the migrations run, once', async () => {
	for (let time = 0; time < 2; time++) {
		const plan = await migrate('--plan');
		expect(plan.status).toBe(0);
		expect(plan.stdout).toMatch(/^Would run:\n {2}0001_create_users\n {2}0002_create_sessions\n/);
	}
	const [first, second] = await Promise.all([migrate(), migrate()]);
	expect([first.status, second.status]).toEqual([0, 0]);
	const changes = (first.stdout + second.stdout).match(/Schema changed: 0001_create_users/g);
	expect(changes).toHaveLength(1);
	expect((await migrate('--plan')).stdout).toBe('The schema is current.\n');
});

test('an unknown option is named in one line, with a status that is not 0', async () => {
	const { status, stderr } = await migrate('--dry-run');
	expect(status).toBe(2);
	expect(stderr.trim().split('\n')).toHaveLength(1);
	expect(stderr).toContain('--dry-run');
});
