import { isIP } from 'node:net';
import type { SettingValues } from './values.ts';

export interface MysqlConfig {
	engine: 'mysql';
	host: string;
	port: number;
	user: string;
	password: string;
	database: string;
	/** The largest number of connections of one instance. */
	poolSize: number;
	/** Unset: the connection is not encrypted. */
	tls: MysqlTls | undefined;
}

export interface MysqlTls {
	/** CA certificates in PEM, one of which must have signed the server's. Unset: the authorities that Node trusts. */
	ca: string | undefined;
	/** Whether the server's certificate must also be valid for `host`. */
	checksName: boolean;
}

const tlsModes = ['off', 'verify-ca', 'verify-identity'] as const;

/** @returns undefined without a host: the embedded database is used */
export function readMysql(values: SettingValues, warnings: string[]): MysqlConfig | undefined {
	const host = values.text('MYSQL_DATABASE_HOST');
	const user = values.text('MYSQL_USER');
	const database = values.text('MYSQL_DATABASE');
	if (!host) {
		if (user || database) {
			warnings.push(
				'MYSQL_USER or MYSQL_DATABASE is set, but MYSQL_DATABASE_HOST is not: the embedded database is used'
			);
		}
		return undefined;
	}
	const password = values.secret('MYSQL_PASSWORD') ?? '';
	if (!user) values.report('MYSQL_USER', 'is missing: write the name of the MySQL account');
	if (!database) values.report('MYSQL_DATABASE', 'is missing: write the name of the database');
	if (values.raw('MYSQL_PASSWORD') === undefined && !values.text('MYSQL_PASSWORD_FILE')) {
		values.report('MYSQL_PASSWORD', 'is missing: write the password of the MySQL account (it may be empty)');
	}
	const port = values.integer('MYSQL_DATABASE_PORT', { fallback: 3306, min: 1, max: 65535 });
	// A transaction and what is read beside it take two.
	const poolSize = values.integer('MYSQL_POOL_SIZE', { fallback: 10, min: 2, max: 1000 });
	const tls = readMysqlTls(values, host);
	return { engine: 'mysql', host, port, user: user ?? '', password, database: database ?? '', poolSize, tls };
}

/** The modes of MySQL's own clients (`--ssl-mode`) that protect against an attacker on the network. */
function readMysqlTls(values: SettingValues, host: string): MysqlTls | undefined {
	const mode = values.choice('MYSQL_TLS', tlsModes, 'off');
	const ca = values.secret('MYSQL_TLS_CA');
	if (mode === 'off') {
		if (ca) values.report('MYSQL_TLS', 'is off, but MYSQL_TLS_CA is set: write verify-ca or verify-identity');
		return undefined;
	}
	if (ca && !ca.includes('-----BEGIN CERTIFICATE-----')) {
		values.report(
			'MYSQL_TLS_CA',
			'is not a certificate in PEM: name the file of the authority with MYSQL_TLS_CA_FILE'
		);
	}
	if (mode === 'verify-ca' && !ca) {
		values.report(
			'MYSQL_TLS_CA_FILE',
			'is missing: verify-ca would trust every public certificate; name the file of your authority'
		);
	}
	if (mode === 'verify-identity' && isIP(host)) {
		values.report('MYSQL_TLS', `verify-identity needs the server's name in MYSQL_DATABASE_HOST, not ${host}`);
	}
	return { ca, checksName: mode === 'verify-identity' };
}
