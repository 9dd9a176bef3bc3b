import { describe, expect, test } from 'vitest';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './config.ts';

const mysql = {
	MYSQL_DATABASE_HOST: 'db',
	MYSQL_USER: 'um',
	MYSQL_PASSWORD: 'pw',
	MYSQL_DATABASE: 'um',
	SECRET_KEY: 'k'.repeat(64)
};

type Env = Record<string, string>;

describe('the pool of connections', () => {
	test.for([
		[mysql, 10],
		[{ ...mysql, MYSQL_POOL_SIZE: '40' }, 40]
	] as const)('%j makes room for %i', ([env, poolSize]) => {
		expect(parseConfig(env as Env)).toMatchObject({ database: { poolSize } });
	});

	test.for(['0', '1', '1001', 'ten'])('a size of %s is refused', (size) => {
		expect(() => parseConfig({ ...mysql, MYSQL_POOL_SIZE: size })).toThrow(/^ {2}MYSQL_POOL_SIZE: /m);
	});
});

describe('TLS to the database', () => {
	test.for([
		[mysql, { database: { tls: undefined } }],
		[{ ...mysql, MYSQL_TLS: 'verify-identity' }, { database: { tls: { ca: undefined, checksName: true } } }],
		[
			{ ...mysql, MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA: '-----BEGIN CERTIFICATE-----' },
			{ database: { tls: { ca: '-----BEGIN CERTIFICATE-----', checksName: false } } }
		]
	] as const)('%j is read', ([env, config]) => {
		expect(parseConfig(env as Env)).toMatchObject(config);
	});

	test.for([
		['MYSQL_TLS', { ...mysql, MYSQL_TLS: 'required' }],
		['MYSQL_TLS', { ...mysql, MYSQL_TLS_CA: '-----BEGIN CERTIFICATE-----' }],
		['MYSQL_TLS', { ...mysql, MYSQL_TLS: 'verify-identity', MYSQL_DATABASE_HOST: '10.0.0.7' }],
		['MYSQL_TLS_CA', { ...mysql, MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA: 'no certificate' }],
		['MYSQL_TLS_CA_FILE', { ...mysql, MYSQL_TLS: 'verify-ca' }]
	] as const)('%s is named in %j', ([variable, env]) => {
		const parse = () => parseConfig(env as Env);
		expect(parse).toThrow(ConfigError);
		expect(parse).toThrow(new RegExp(`^  ${variable}: `, 'm'));
	});
});
