import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '#lib/server/config/config.ts';
import { runCommand } from '../tests/support/service/command.ts';

const root = path.resolve(import.meta.dirname, '..');
let folder: string;
let env: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'um-init-env-'));
	env = path.join(folder, '.env');
	mkdirSync(path.join(folder, 'scripts'));
	for (const file of ['scripts/init-env', '.env.example'])
		copyFileSync(path.join(root, file), path.join(folder, file));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Runs in another folder, with only the system's own programs.
const initEnv = () =>
	runCommand([path.join(folder, 'scripts/init-env')], { cwd: os.tmpdir(), env: { PATH: '/usr/bin:/bin' } });

test('writes settings that the service accepts and only their owner can read', async () => {
	expect(await initEnv()).toMatchObject({ status: 0, stderr: '' });
	expect(statSync(env).mode & 0o777).toBe(0o600);
	const settings = parseEnv(readFileSync(env, 'utf8'));
	expect(parseConfig({ ...settings, ALGORITHM: 'HS512' })).toMatchObject({
		database: { engine: 'mysql', host: 'db', user: 'user_management', password: settings.MYSQL_PASSWORD },
		secretKey: settings.SECRET_KEY
	});
	expect(readdirSync(folder).sort()).toEqual(['.env', '.env.example', 'scripts', 'ssl']);
});

test('makes the service sign tokens with key pairs', async () => {
	await initEnv();
	expect(parseConfig(parseEnv(readFileSync(env, 'utf8'))).algorithm).toBe('ES256');
});

test('makes different secrets each time', async () => {
	await initEnv();
	const first = parseEnv(readFileSync(env, 'utf8'));
	rmSync(env);
	await initEnv();
	const second = parseEnv(readFileSync(env, 'utf8'));
	const secrets = ['MYSQL_PASSWORD', 'MYSQL_ROOT_PASSWORD', 'SECRET_KEY'];
	const values = secrets.flatMap((name) => [first[name], second[name]]);
	expect(new Set(values).size).toBe(6);
	expect(Math.min(...values.map((value) => value?.length ?? 0))).toBeGreaterThanOrEqual(48);
});

test('never overwrites a file', async () => {
	writeFileSync(env, 'MINE=1\n');
	const { status, stderr } = await initEnv();
	expect(status).toBe(1);
	expect(stderr).toContain('.env exists already');
	expect(readFileSync(env, 'utf8')).toBe('MINE=1\n');
});

test('if two run concurrently, one writes and the other fails', async () => {
	const both = await Promise.all([initEnv(), initEnv()]);
	expect(both.map(({ status }) => status).sort()).toEqual([0, 1]);
	expect(readdirSync(folder).filter((name) => name.startsWith('.env.part'))).toEqual([]);
});

test('writes nothing when .env.example lacks a line it needs', async () => {
	writeFileSync(path.join(folder, '.env.example'), '#SECRET_KEY=\n');
	const { status, stderr } = await initEnv();
	expect(status).toBe(1);
	expect(stderr).toContain('needs exactly one line #MYSQL_DATABASE_HOST=');
	expect(readdirSync(folder).sort()).toEqual(['.env.example', 'scripts']);
});
