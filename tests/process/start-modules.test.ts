import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { startService } from '../support/service/service.ts';

const build = path.resolve(import.meta.dirname, '../../build');
const recorder = pathToFileURL(path.resolve(import.meta.dirname, '../support/service/record-modules.mjs'));

/** The files of the build that a service on the embedded database has loaded when it is ready. */
let loaded: string[];

beforeAll(async () => {
	// The first start migrates.
	const first = await startService({ engine: 'sqlite' });
	await first.kill('SIGTERM');
	const record = path.join(first.dataDir, 'modules');
	const env = { NODE_OPTIONS: `--import=${recorder}`, MODULE_RECORD: record };
	const service = await startService({ engine: 'sqlite', successorOf: first, env });
	loaded = readFileSync(record, 'utf8').split('\n');
	await service.stop();
	await first.stop();
});

test('a start loads the process, the app and its hooks', () => {
	const names = loaded.map((file) => path.relative(build, file));
	expect(names).toEqual(expect.arrayContaining(['server.js', 'handler.js']));
	expect(names).toContainEqual(expect.stringMatching(/hooks\.server/));
});

test.for([
	['nodemailer', 'EHLO'],
	['the dictionary of common passwords', 'qwerty123'],
	['the OpenAPI document', 'openapi: '],
	['the MySQL driver', 'mysql_native_password'],
	['the log for terminals', 'messageFormat'],
	[
		'the texts of refusals a second time, for the process',
		'refusal_not_found_title',
		'{server.js,entries/*.js}'
	]
])('a start does not load %s', ([, telltale = '', files = '**/*.js']) => {
	const containing = globSync(files, { cwd: build })
		.map((file) => path.join(build, file))
		.filter((file) => !file.includes('/client/') && !file.endsWith('cli.js'))
		.filter((file) => readFileSync(file, 'utf8').includes(telltale));
	expect(containing, 'the text is in the build').not.toEqual([]);
	expect(containing.filter((file) => loaded.includes(file))).toEqual([]);
});
