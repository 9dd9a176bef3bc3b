import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './config.ts';

type Env = Record<string, string | undefined>;

const folder = mkdtempSync(join(tmpdir(), 'um-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

function problemsOf(env: Env): string[] {
	try {
		parseConfig(env);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return error.problems.map(({ variable }) => variable);
	}
	return [];
}

const key = 'k'.repeat(64);
const mysql = {
	MYSQL_DATABASE_HOST: 'db',
	MYSQL_USER: 'um',
	MYSQL_PASSWORD: 'pw',
	MYSQL_DATABASE: 'um',
	SECRET_KEY: key
};

describe('without any settings', () => {
	test('the documented defaults apply', () => {
		expect(parseConfig({})).toMatchObject({
			database: { engine: 'sqlite' },
			dataDir: 'data',
			secretKey: undefined,
			algorithm: 'HS256',
			allowedHosts: undefined,
			origin: 'http://localhost:3000',
			tokenAudience: 'http://localhost:3000',
			host: '0.0.0.0',
			port: 3000,
			appName: 'User Management',
			passwordMinLength: 8,
			hashMemoryMb: 256,
			hashQueueMs: 2000,
			logLevel: 'info',
			warnings: []
		});
	});

	test('empty settings count as unset', () => {
		const names = [
			'SECRET_KEY',
			'ALGORITHM',
			'ALLOWED_HOSTS',
			'ORIGIN',
			'PORT',
			'TRUSTED_PROXIES',
			'LOG_LEVEL'
		];
		const empty = Object.fromEntries([...names, 'MYSQL_DATABASE_HOST', 'DATA_DIR'].map((name) => [name, '']));
		expect(parseConfig(empty)).toEqual(parseConfig({}));
	});

	test('the origin defaults to the port, and the audience to the origin', () => {
		expect(parseConfig({ PORT: '8080' }).tokenAudience).toBe('http://localhost:8080');
		expect(parseConfig({ ORIGIN: 'https://id.example.org' }).tokenAudience).toBe('https://id.example.org');
		expect(parseConfig({ TOKEN_AUDIENCE: 'api' })).toMatchObject({
			tokenAudience: 'api',
			origin: 'http://localhost:3000'
		});
	});
});

describe('a valid setting', () => {
	test.for([
		[
			mysql,
			{ database: { engine: 'mysql', host: 'db', port: 3306, user: 'um', password: 'pw', database: 'um' } }
		],
		[{ ...mysql, MYSQL_PASSWORD: '' }, { database: { password: '' } }],
		[{ ...mysql, MYSQL_DATABASE_PORT: '3307' }, { database: { port: 3307 } }],
		[{ ORIGIN: 'https://id.example.org/' }, { origin: 'https://id.example.org' }],
		[{ ORIGIN: 'http://id.example.org:8080' }, { origin: 'http://id.example.org:8080' }],
		[{ ALLOWED_HOSTS: '*' }, { allowedHosts: undefined }],
		[{ ALLOWED_HOSTS: 'a.example,*' }, { allowedHosts: undefined }],
		[
			{ ALLOWED_HOSTS: ' Id.Example.org , 127.0.0.1,::1,[::2],' },
			{ allowedHosts: new Set(['id.example.org', '127.0.0.1', '[::1]', '[::2]']) }
		],
		[
			{ ALGORITHM: 'HS512', SECRET_KEY: key },
			{ algorithm: 'HS512', secretKey: key }
		],
		[{ SECRET_KEY: 'é'.repeat(16) }, { secretKey: 'é'.repeat(16) }],
		[{ PASSWORD_MIN_LENGTH: '15' }, { passwordMinLength: 15 }],
		[{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
		[{ APP_NAME: ' Acme ' }, { appName: 'Acme' }]
	] as const)('%j is read', ([env, config]) => {
		expect(parseConfig(env as Env)).toMatchObject(config);
	});
});

describe('an invalid setting is named', () => {
	test.for([
		['PORT', { PORT: '0' }],
		['PORT', { PORT: '65536' }],
		['PORT', { PORT: '3000.5' }],
		['PORT', { PORT: '0x1F90' }],
		['PORT', { PORT: 'http' }],
		['ALGORITHM', { ALGORITHM: 'none' }],
		['ALGORITHM', { ALGORITHM: 'hs256' }],
		['ALGORITHM', { ALGORITHM: 'PS256' }],
		['SECRET_KEY', { SECRET_KEY: 'k'.repeat(31) }],
		['SECRET_KEY', { SECRET_KEY: 'k'.repeat(47), ALGORITHM: 'HS384' }],
		['SECRET_KEY', { SECRET_KEY: 'k'.repeat(63), ALGORITHM: 'HS512' }],
		['SECRET_KEY', { ...mysql, SECRET_KEY: undefined }],
		['SECRET_KEY', { ...mysql, SECRET_KEY: '' }],
		['SECRET_KEY_FILE', { SECRET_KEY_FILE: join(folder, 'missing') }],
		['SECRET_KEY_FILE', { SECRET_KEY_FILE: folder }],
		['SECRET_KEY_FILE', { SECRET_KEY: key, SECRET_KEY_FILE: file('both', key) }],
		['MYSQL_USER', { ...mysql, MYSQL_USER: undefined }],
		['MYSQL_DATABASE', { ...mysql, MYSQL_DATABASE: '' }],
		['MYSQL_PASSWORD', { ...mysql, MYSQL_PASSWORD: undefined }],
		['MYSQL_DATABASE_PORT', { ...mysql, MYSQL_DATABASE_PORT: '33o6' }],
		['ORIGIN', { ORIGIN: 'id.example.org' }],
		['ORIGIN', { ORIGIN: 'ftp://id.example.org' }],
		['ORIGIN', { ORIGIN: 'https://id.example.org/path' }],
		['ORIGIN', { ORIGIN: 'https://id.example.org?x' }],
		['ORIGIN', { ORIGIN: 'https://ada:pw@id.example.org' }],
		['ORIGIN', { ORIGIN: '*' }],
		['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'id.example.org:3000' }],
		['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'https://id.example.org' }],
		['ALLOWED_HOSTS', { ALLOWED_HOSTS: '*.example.org' }],
		['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'a b' }],
		['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy' }],
		['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
		['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/' }],
		['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/8/8' }],
		['TRUSTED_PROXIES', { TRUSTED_PROXIES: '::/129' }],
		['TRUSTED_PROXIES', { TRUSTED_PROXIES: '*' }],
		['PASSWORD_MIN_LENGTH', { PASSWORD_MIN_LENGTH: '7' }],
		['PASSWORD_MIN_LENGTH', { PASSWORD_MIN_LENGTH: '-8' }],
		['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
		['EMAIL_LIMIT_ADDRESS', { EMAIL_LIMIT_ADDRESS: '1/1h' }]
	] as const)('%s in %j', ([variable, env]) => {
		expect(problemsOf(env as Env)).toEqual([variable]);
	});

	test('all mistakes are reported together, each with a remedy, and with the exit status EX_CONFIG', () => {
		const env = {
			MYSQL_DATABASE_HOST: 'db',
			PORT: 'x',
			ALGORITHM: 'none',
			ORIGIN: 'x',
			LOG_LEVEL: 'x',
			PASSWORD_MIN_LENGTH: '1'
		};
		const names = 'PORT MYSQL_USER MYSQL_DATABASE MYSQL_PASSWORD ALGORITHM ORIGIN SECRET_KEY'.split(' ');
		expect(problemsOf(env).toSorted()).toEqual([...names, 'PASSWORD_MIN_LENGTH', 'LOG_LEVEL'].toSorted());
		expect(() => parseConfig(env)).toThrow(expect.objectContaining({ exitStatus: 78 }));
		expect(() => parseConfig(env)).toThrow(
			/ALGORITHM: "none" is not known: write one of HS256, HS384, HS512/
		);
		expect(() => parseConfig(env)).toThrow(/SECRET_KEY: is missing: make one with: openssl rand/);
	});

	test('the secret itself is never reported', () => {
		expect(() => parseConfig({ SECRET_KEY: 'a-short-secret' })).toThrow(/^(?![^]*a-short-secret)/);
	});
});

test('a database without its host causes a warning, because it is not used', () => {
	expect(parseConfig({ MYSQL_USER: 'um', MYSQL_DATABASE: 'um' })).toMatchObject({
		database: { engine: 'sqlite' },
		warnings: [expect.stringContaining('MYSQL_DATABASE_HOST')]
	});
});

test.for([
	['10.0.0.0/8', '10.200.3.4', true],
	['10.0.0.0/8', '11.0.0.1', false],
	['192.0.2.7', '192.0.2.7', true],
	['192.0.2.7', '192.0.2.8', false],
	['127.0.0.1, fd00::/8', 'fd12::1', true]
] as const)('a proxy in %s: %s is trusted: %s', ([TRUSTED_PROXIES, address, isTrusted]) => {
	const { trustedProxies } = parseConfig({ TRUSTED_PROXIES });
	expect(trustedProxies.check(address, address.includes(':') ? 'ipv6' : 'ipv4')).toBe(isTrusted);
});
