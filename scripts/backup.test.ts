import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../tests/support/service/command.ts';

// Tests the embedded database. tests/container tests MySQL.

let folder: string;
let data: string;
let backups: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'um-backup-'));
	data = path.join(folder, 'data');
	backups = path.join(folder, 'backups');
	mkdirSync(data);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const backUp = () => runCommand([path.join(import.meta.dirname, 'backup'), '--embedded', data, backups]);
const restore = (file: string, into: string) =>
	runCommand([path.join(import.meta.dirname, 'restore'), '--embedded', file, into]);

/** A database like that of the service, with the given number of users. */
function openDatabase(users: number): DatabaseSync {
	const database = new DatabaseSync(path.join(data, 'user-management.db'));
	database.exec('pragma journal_mode = wal; create table users (id integer primary key);');
	for (let id = 1; id <= users; id++) database.prepare('insert into users values (?)').run(id);
	return database;
}

function countUsers(file: string): unknown {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return database.prepare('select count(*) as users from users').get()?.users;
	} finally {
		database.close();
	}
}

test('copies the committed data while the service writes, and restores it into an empty folder', async () => {
	const database = openDatabase(3);
	database.exec('begin immediate; insert into users values (4);');
	const { status, stdout, stderr } = await backUp();
	database.exec('commit');
	database.close();
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
	const file = stdout.trim();
	expect(path.basename(file)).toMatch(/^user-management-\d{8}T\d{6}Z\.db\.gz$/);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readdirSync(backups)).toEqual([path.basename(file)]);

	const target = path.join(folder, 'restored');
	expect(await restore(file, target)).toMatchObject({ status: 0 });
	expect(readdirSync(target)).toEqual(['user-management.db']);
	expect(countUsers(path.join(target, 'user-management.db'))).toBe(3);
});

test('restore fails if the folder contains a database', async () => {
	openDatabase(1).close();
	const file = (await backUp()).stdout.trim();
	const { status, stderr } = await restore(file, data);
	expect(status).toBe(1);
	expect(stderr).toContain('user-management.db exists');
	expect(countUsers(path.join(data, 'user-management.db'))).toBe(1);
});

test.for([
	['is not a readable file', (file: string) => `${file}.missing`],
	['is damaged', (file: string) => (truncateSync(file, statSync(file).size - 20), file)],
	['is damaged', (file: string) => (writeFileSync(file, 'plain text'), file)]
] as const)('restore says that a backup %s', async ([sentence, spoil]) => {
	openDatabase(1).close();
	const file = spoil((await backUp()).stdout.trim());
	const target = path.join(folder, 'restored');
	const { status, stderr } = await restore(file, target);
	expect(status).toBe(1);
	expect(stderr).toContain(sentence);
	expect(readdirSync(folder)).not.toContain('restored');
});

test('a damaged database leaves no backup', async () => {
	openDatabase(1).close();
	writeFileSync(
		path.join(data, 'user-management.db'),
		'not a database, but long enough to be read as one'.repeat(9)
	);
	const { status, stderr } = await backUp();
	expect(status).toBe(1);
	expect(stderr).toContain('no file was kept');
	expect(readdirSync(backups)).toEqual([]);
});

test('names what is missing', async () => {
	const { status, stderr } = await backUp();
	expect(status).toBe(1);
	expect(stderr).toContain(`there is no user-management.db in ${data}`);
});
