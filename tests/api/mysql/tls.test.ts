import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../../support/certificate.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { type Service, startService } from '../../support/service.ts';
import { accessToken, register } from '../../support/users.ts';

const folder = mkdtempSync(join(tmpdir(), 'um-mysql-tls-'));
const { certFile: strangersFile } = makeCertificate(folder, 'stranger');

/** The authority that MySQL made for itself at its first start, where it can be read here; MariaDB 10.11 makes none. */
let caFile: string | undefined;
let hasTls = false;
let service: Service | undefined;

beforeAll(async () => {
	const database: TestDatabase = await freshDatabase('');
	const [facts] = await database.query('select @@datadir as folder, @@ssl_ca as ca');
	await database.drop();
	hasTls = Boolean(facts?.ca);
	const path = join(String(facts?.folder), String(facts?.ca));
	if (hasTls && existsSync(path)) caFile = path;
});
afterEach(async () => {
	await service?.stop();
	service = undefined;
});

async function start(env: Record<string, string>, until: 'ready' | 'spawned'): Promise<Service> {
	service = await startService({ env, until });
	return service;
}

/** What it says before it ends with status 78, since a person must change a setting. */
async function startInVain(env: Record<string, string>): Promise<string> {
	const started = await start(env, 'spawned');
	expect(await started.exited).toBe(78);
	return started.output();
}

test('the connection is encrypted, and the server is who it says', async ({ skip }) => {
	if (!caFile) return skip('the authority of the server cannot be read here');
	const started = await start({ MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA_FILE: caFile }, 'ready');
	const { sent } = await register(started.origin);
	await accessToken(started.origin, sent);
	const connections = await started.database.query(
		"select distinct connection_type as type from performance_schema.threads where processlist_db = ? and processlist_command = 'Sleep'",
		[started.database.environment.MYSQL_DATABASE ?? '']
	);
	expect(connections).toEqual([{ type: 'SSL/TLS' }]);
});

test('a certificate of another authority is not taken', async ({ skip }) => {
	if (!hasTls) return skip('the server has no TLS');
	const output = await startInVain({ MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA_FILE: strangersFile });
	expect(output).toMatch(/has a certificate that is not trusted \(.*\): check MYSQL_TLS_CA_FILE/);
});

test('a certificate for another name is not taken', async ({ skip }) => {
	if (!caFile) return skip('the authority of the server cannot be read here');
	const env = { MYSQL_DATABASE_HOST: 'localhost', MYSQL_TLS: 'verify-identity', MYSQL_TLS_CA_FILE: caFile };
	expect(await startInVain(env)).toMatch(/has a certificate that is not trusted \(.*altnames.*\)/);
});

test('a server without TLS is not used without it', async ({ skip }) => {
	if (hasTls) return skip('the server has TLS');
	const output = await startInVain({ MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA_FILE: strangersFile });
	expect(output).toMatch(/does not offer TLS: give it a certificate, or set MYSQL_TLS=off/);
});
