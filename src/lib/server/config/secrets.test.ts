import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'um-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

const key = 'k'.repeat(64);
const mysql = { MYSQL_DATABASE_HOST: 'db', MYSQL_USER: 'um', MYSQL_DATABASE: 'um', SECRET_KEY: key };

describe('a secret from a file', () => {
	test.for([
		['with a newline', `${key}\n`, key],
		['with a DOS line ending', `${key}\r\n`, key],
		['without a newline', key, key],
		['with spaces, which count,', ` ${key} \n`, ` ${key} `],
		['with two newlines, of which the first belongs to the secret,', `${key}\n\n`, `${key}\n`]
	])('%s is read', ([name = '', content = '', secret]) => {
		expect(parseConfig({ SECRET_KEY_FILE: file(name, content) }).secretKey).toBe(secret);
	});

	test('may be the password of the database, even if it is empty', () => {
		expect(parseConfig({ ...mysql, MYSQL_PASSWORD_FILE: file('pw', 'secret\n') }).database).toMatchObject({
			password: 'secret'
		});
		expect(parseConfig({ ...mysql, MYSQL_PASSWORD_FILE: file('no-pw', '\n') }).database).toMatchObject({
			password: ''
		});
	});
});
