import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from '../support/service/cli.ts';
import { useService } from '../support/service/use-service.ts';

const service = useService();
const folder = mkdtempSync(path.join(os.tmpdir(), 'um-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

function file(extension: string, content: string | Uint8Array): string {
	const name = path.join(folder, `users-${files++}.${extension}`);
	writeFileSync(name, content);
	return name;
}

const csv = (...lines: string[]) => file('csv', lines.join('\r\n'));

function runImport(from: string, ...args: string[]) {
	return runCli(['users', 'import', '--from', from, ...args], {
		DATA_DIR: service.dataDir,
		...service.database.environment
	});
}

describe('a source that cannot be read is one line and status 1', () => {
	const sources: [name: string, make: () => string, message: RegExp][] = [
		[
			'a file that is missing',
			() => path.join(folder, 'missing.csv'),
			/missing\.csv cannot be read \(ENOENT\)/
		],
		[
			'a file without the columns',
			() => csv('mail,hash', 'a,b'),
			/the first line lacks the columns email, hashed_password/
		],
		['an empty file', () => file('csv', ''), /is empty/],
		['a quote that never ends', () => csv('email,hashed_password', `"a${'b'.repeat(70_000)}`), /is not CSV/],
		['a line that never ends', () => file('jsonl', 'x'.repeat(200_000)), /a line is too long/],
		[
			'Latin-1',
			() => file('csv', Buffer.from('email,hashed_password\r\né@x.org,x', 'latin1')),
			/is not UTF-8/
		],
		[
			'no server',
			() => 'mysql://root:geheim@127.0.0.1:9/users',
			/127\.0\.0\.1:9 does not answer .*ECONNREFUSED/
		]
	];
	test.for(sources)('%s', async ([, make, message]) => {
		const { status, stdout, stderr } = await runImport(make());
		expect(stderr).toMatch(message);
		expect(stderr.trim().split('\n')).toHaveLength(1);
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).not.toContain('geheim');
	});

	test('a report that would be written over', async () => {
		const there = file('txt', 'mine');
		const { status, stderr } = await runImport(file('jsonl', ''), '--report', there);
		expect([status, stderr]).toEqual([1, `${there} cannot be written (EEXIST)\n`]);
		expect(readFileSync(there, 'utf8')).toBe('mine');
	});
});

describe('arguments that make no sense are answered with the usage and status 2', () => {
	test.for([
		[[]],
		[['export']],
		[['import']],
		[['import', '--from', 'users.xlsx']],
		[['import', '--from', 'mysql://root:geheim@localhost']],
		[['import', '--from', 'a.csv', '--force']]
	])('users %j', async ([args = []]) => {
		const { status, stderr } = await runCli(['users', ...args]);
		expect(status).toBe(2);
		expect(stderr).toContain('usage: npm run users -- import --from <source>');
		expect(stderr).not.toContain('geheim');
	});
});

test('a database without the tables is left alone', async () => {
	const { status, stderr } = await runCli(['users', 'import', '--from', file('jsonl', '')], {
		DATA_DIR: path.join(folder, 'empty')
	});
	expect([status, stderr]).toEqual([1, 'The schema is not current: run npm run migrate first\n']);
});
