import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEnvironment } from './values.ts';

const folder = mkdtempSync(join(tmpdir(), 'um-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the process environment takes precedence over the file', () => {
	const path = join(folder, '.env');
	writeFileSync(path, '# ours\nPORT=4000\nAPP_NAME="Our users"\nLOG_LEVEL=debug\n');
	expect(readEnvironment({ PORT: '5000' }, path)).toEqual({
		PORT: '5000',
		APP_NAME: 'Our users',
		LOG_LEVEL: 'debug'
	});
});

test('the file may be missing', () => {
	expect(readEnvironment({ PORT: '5000' }, join(folder, 'none'))).toEqual({ PORT: '5000' });
});

test('a file that cannot be read is an error, unlike a missing one', () => {
	expect(() => readEnvironment({}, folder)).toThrow(/EISDIR/);
});
