import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { parseConfig } from './config.ts';

type Env = Record<string, string | undefined>;

const folder = mkdtempSync(join(tmpdir(), 'um-mail-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sender = { MAIL_FROM: 'accounts@example.org' };

function problemsOf(env: Env): readonly ConfigProblem[] {
	try {
		parseConfig(env);
	} catch (error) {
		if (error instanceof ConfigError) return error.problems;
		throw error;
	}
	return [];
}

test('without settings, emails wait and are not shown', () => {
	expect(parseConfig({})).toMatchObject({ smtp: undefined, devMail: false, warnings: [] });
	expect(parseConfig({ SMTP_URL: ' ', ...sender }).smtp).toBeUndefined();
});

describe('SMTP_URL names the server', () => {
	test.for<[string, object]>([
		['smtp://mail.example.org', { host: 'mail.example.org', port: 587, isImplicitTls: false }],
		['smtp://mail.example.org:25/', { port: 25, isImplicitTls: false, credentials: undefined }],
		['smtps://mail.example.org', { port: 465, isImplicitTls: true }],
		['smtps://mail.example.org:2465', { port: 2465, isImplicitTls: true }],
		['SMTPS://MAIL.example.org', { host: 'mail.example.org', port: 465, isImplicitTls: true }],
		['  smtp://mail.example.org\n', { host: 'mail.example.org' }],
		['smtp://bücher.example', { host: 'xn--bcher-kva.example' }],
		['smtp://[2001:db8::25]', { host: '2001:db8::25', isLoopback: false }],
		['smtp://ann:pass@mail.example.org', { credentials: { user: 'ann', pass: 'pass' } }],
		[
			'smtp://ann%40example.org:p%3A%2F%40%25%C3%BC@mail.example.org',
			{ credentials: { user: 'ann@example.org', pass: 'p:/@%ü' } }
		],
		['smtp://ann:a:b@mail.example.org', { credentials: { user: 'ann', pass: 'a:b' } }]
	])('%j', ([url, expected]) => {
		expect(parseConfig({ SMTP_URL: url, ...sender }).smtp).toMatchObject(expected);
	});

	test.for<[string, boolean]>([
		['localhost', true],
		['LOCALHOST', true],
		['127.0.0.1', true],
		['127.8.9.10', true],
		['127.1', true],
		['[::1]', true],
		['0.0.0.0', false],
		['[::]', false],
		['localhost.example.org', false],
		['127.0.0.1.example.org', false],
		['127.example.org', false],
		['10.0.0.7', false],
		['mail', false]
	])('%s is this machine: %j', ([host, isLoopback]) => {
		expect(parseConfig({ SMTP_URL: `smtp://${host}`, ...sender }).smtp?.isLoopback).toBe(isLoopback);
	});

	test('SMTP_URL may come from a file', () => {
		const path = join(folder, 'smtp-url');
		writeFileSync(path, 'smtps://ann:pass@mail.example.org\n');
		expect(parseConfig({ SMTP_URL_FILE: path, ...sender }).smtp).toMatchObject({
			host: 'mail.example.org',
			credentials: { user: 'ann', pass: 'pass' }
		});
	});

	test.for([
		'mail.example.org',
		'mail.example.org:587',
		'http://ann:s3cret@mail.example.org',
		'smtp:ann:s3cret@mail.example.org',
		'smtp://',
		'smtp://ann:s3cret@',
		'smtp://mail.example.org:0',
		'smtp://mail.example.org:70000',
		'smtp://mail example.org',
		'smtp://ann:s3cret@mail%20.example.org',
		'smtp://mail.example.org/path',
		'smtp://mail.example.org?tls=no',
		'smtp://ann:s3cret@mail.example.org#1',
		'smtp://ann:s3cret/4@mail.example.org',
		'smtp://ann:s3cret#4@mail.example.org',
		'smtp://ann:s3cret%@mail.example.org',
		'smtp://ann:s3cret%00@mail.example.org',
		'smtp://ann@mail.example.org',
		'smtp://:s3cret@mail.example.org'
	])('but not %s', (url) => {
		const problems = problemsOf({ SMTP_URL: url, ...sender });
		expect(problems.map(({ variable }) => variable)).toEqual(['SMTP_URL']);
		expect(problems[0]?.problem).toContain('smtp://user:password@smtp.example.org:587');
		expect(JSON.stringify(problems)).not.toContain('s3cret');
	});

	test.for<[string, Env, string]>([
		['twice', { SMTP_URL: 'smtp://ann:s3cret@mail', SMTP_URL_FILE: join(folder, 'any') }, 'keep only one'],
		['in a file that does not exist', { SMTP_URL_FILE: join(folder, 'nothing') }, 'ENOENT']
	])('but not %s', ([, env, words]) => {
		const problems = problemsOf({ ...env, ...sender });
		expect(problems).toEqual([{ variable: 'SMTP_URL_FILE', problem: expect.stringContaining(words) }]);
		expect(JSON.stringify(problems)).not.toContain('s3cret');
	});
});

describe('MAIL_FROM names the sender', () => {
	const readFrom = (MAIL_FROM: string) =>
		parseConfig({ SMTP_URL: 'smtp://mail', MAIL_FROM, APP_NAME: 'Our users' }).smtp?.from;

	test.for<[string, object]>([
		['accounts@example.org', { name: 'Our users', address: 'accounts@example.org' }],
		['<accounts@example.org>', { name: 'Our users', address: 'accounts@example.org' }],
		['Accounts <accounts@example.org>', { name: 'Accounts', address: 'accounts@example.org' }],
		['"Accounts, Inc." <a@example.org>', { name: 'Accounts, Inc.', address: 'a@example.org' }],
		['Bücher & Söhne <konto@bücher.example>', { name: 'Bücher & Söhne', address: 'konto@bücher.example' }],
		['root@localhost', { address: 'root@localhost' }]
	])('%j', ([text, from]) => {
		expect(readFrom(text)).toMatchObject(from);
	});

	test.for([
		'Accounts',
		'example.org',
		'@example.org',
		'accounts@',
		'a@b@example.org',
		'Accounts accounts@example.org',
		'Accounts <accounts@example.org',
		'Accounts <accounts@example.org>, Others <others@example.org>',
		'a@example.org, b@example.org',
		'A\nBcc: all@example.org <a@example.org>',
		'A <a@example.org\r\nBcc: all@example.org>',
		'A\u0007 <a@example.org>'
	])('but not %j', (text) => {
		const problems = problemsOf({ SMTP_URL: 'smtp://mail', MAIL_FROM: text });
		expect(problems).toEqual([
			{ variable: 'MAIL_FROM', problem: expect.stringContaining('write the sender of emails') }
		]);
	});

	test('is required with SMTP_URL, and mistakes in both are reported', () => {
		expect(problemsOf({ SMTP_URL: 'smtp://mail' })).toEqual([
			{ variable: 'MAIL_FROM', problem: expect.stringMatching(/^is missing: write the sender of emails/) }
		]);
		const both = problemsOf({ SMTP_URL: 'mail' }).map(({ variable }) => variable);
		expect(both.sort()).toEqual(['MAIL_FROM', 'SMTP_URL']);
	});
});

describe('DEV_MAIL', () => {
	const mysql = {
		MYSQL_DATABASE_HOST: 'db',
		MYSQL_USER: 'um',
		MYSQL_PASSWORD: 'pw',
		MYSQL_DATABASE: 'um',
		SECRET_KEY: Array.from({ length: 64 }, (_, index) => String.fromCharCode(33 + index)).join('')
	};

	test.for<[string, Env, boolean, boolean]>([
		['shows emails of the embedded database', { DEV_MAIL: '1' }, true, false],
		['shows none when it is 0', { DEV_MAIL: '0' }, false, false],
		['shows none with MySQL, and causes a warning', { DEV_MAIL: '1', ...mysql }, false, true],
		[
			'shows none with a mail server, and causes a warning',
			{ DEV_MAIL: '1', SMTP_URL: 'smtp://mail', ...sender },
			false,
			true
		],
		['causes no warning with MySQL when it is 0', { DEV_MAIL: '0', ...mysql }, false, false]
	])('%s', ([, env, devMail, isWarned]) => {
		const config = parseConfig(env);
		expect(config.devMail).toBe(devMail);
		expect(config.warnings.filter((text) => text.startsWith('DEV_MAIL'))).toHaveLength(isWarned ? 1 : 0);
	});

	test.for(['true', 'yes', '2'])('is 0 or 1, not %s', (DEV_MAIL) => {
		expect(problemsOf({ DEV_MAIL })).toEqual([
			{ variable: 'DEV_MAIL', problem: expect.stringContaining('0, 1') }
		]);
	});
});
