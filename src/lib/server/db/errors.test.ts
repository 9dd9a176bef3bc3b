import { describe, expect, test } from 'vitest';
import { UnavailableError } from '../outcome.ts';
import { findWriteFault, translateDriverError } from './errors.ts';

const mysqlError = (errno: number) => Object.assign(new Error('refused'), { code: 'ER_NAME', errno });
const sqliteError = (errcode: number) => Object.assign(new Error('refused'), { errcode });

describe('errors of the server or the account are temporary', () => {
	test.for([
		['a connection limit of the server', 1040],
		['no memory for another thread', 1135],
		['a limit of connections per account', 1203],
		['a limit of queries per hour and account', 1226],
		['a limit of prepared statements', 1461],
		['too many concurrent transactions', 1637],
		['a full table of locks', 1206],
		['a full disk', 1114],
		['a binary log that cannot be written', 1598],
		['a statement stopped by a timeout on MySQL', 3024],
		['a statement stopped by a timeout on MariaDB', 1969],
		['a statement that was killed', 1317],
		['a killed session', 3169],
		['an idle connection that the server has closed', 4031],
		['a server in offline mode', 3032],
		['a demoted server', 1290],
		['a Galera node without a quorum', 1047]
	] as const)('%s: %i', ([, errno]) => {
		expect(translateDriverError(mysqlError(errno))).toBeInstanceOf(UnavailableError);
	});
});

describe('errors of the statement are not temporary', () => {
	test.for([
		['a syntax error', 1064],
		['a missing table', 1146],
		['a missing column', 1054],
		['a duplicate key', 1062],
		['a value that is too long', 1406],
		['a missing privilege', 1142]
	] as const)('%s: %i', ([, errno]) => {
		const error = mysqlError(errno);
		expect(translateDriverError(error)).toBe(error);
	});
});

test.for([
	[mysqlError(1290), 'read_only'],
	[mysqlError(1114), 'storage'],
	[sqliteError(8), 'read_only'],
	[sqliteError(1032), 'read_only'],
	[sqliteError(13), 'storage'],
	[sqliteError(5), undefined],
	[mysqlError(1213), undefined]
] as const)('%o keeps writes from succeeding: %s', ([error, fault]) => {
	expect(findWriteFault(error)).toBe(fault);
});
