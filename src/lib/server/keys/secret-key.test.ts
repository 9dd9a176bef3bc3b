import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadOrCreateSecret } from './secret-key.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'um-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the first start makes a key long enough for every algorithm, which only its owner may read', () => {
	const dataDir = join(folder, 'deep', 'data');
	const secret = loadOrCreateSecret(dataDir);
	expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(64);
	expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
	expect(readdirSync(dataDir)).toEqual(['secret-key']);
});

test('later starts find the same one', () => {
	const secret = loadOrCreateSecret(folder);
	expect(loadOrCreateSecret(folder)).toBe(secret);
	expect(readFileSync(join(folder, 'secret-key'), 'utf8')).toBe(`${secret}\n`);
});

test('two installations have two keys', () => {
	expect(loadOrCreateSecret(join(folder, 'a'))).not.toBe(loadOrCreateSecret(join(folder, 'b')));
});
