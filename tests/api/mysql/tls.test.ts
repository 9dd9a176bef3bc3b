import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeCertificate } from '../../support/service/certificate.ts';
import { freshDatabase } from '../../support/database/database.ts';
import { type Service, startService } from '../../support/service/service.ts';
import { accessToken, register } from '../../support/people/users.ts';

const folder = mkdtempSync(join(tmpdir(), 'um-mysql-tls-'));
const { certFile: strangersFile } = makeCertificate(folder, 'stranger');

/** The authority that MySQL made for itself at its first start, where it can be read here; MariaDB 10.11 makes none. */
const { hasTls, caFile } = await findAuthority();
let service: Service | undefined;

async function findAuthority(): Promise<{ hasTls: boolean; caFile: string | undefined }> {
	const database = await freshDatabase('');
	const [facts] = await database.query('select @@datadir as folder, @@ssl_ca as ca');
	await database.drop();
	const path = join(String(facts?.folder), String(facts?.ca));
	return { hasTls: Boolean(facts?.ca), caFile: facts?.ca && existsSync(path) ? path : undefined };
}

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

// Each is there on servers that can show it, so that nothing is skipped.
if (caFile) {
	test('the connection is encrypted, and the server is who it says', async () => {
		const started = await start({ MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA_FILE: caFile }, 'ready');
		const { sent } = await register(started.origin);
		await accessToken(started.origin, sent);
		const connections = await started.database.query(
			"select distinct connection_type as type from performance_schema.threads where processlist_db = ? and processlist_command = 'Sleep'",
			[started.database.environment.MYSQL_DATABASE ?? '']
		);
		expect(connections).toEqual([{ type: 'SSL/TLS' }]);
	});

	test('a certificate for another name is not taken', async () => {
		const env = {
			MYSQL_DATABASE_HOST: 'localhost',
			MYSQL_TLS: 'verify-identity',
			MYSQL_TLS_CA_FILE: caFile
		};
		expect(await startInVain(env)).toMatch(/has a certificate that is not trusted \(.*altnames.*\)/);
	});
}

test(
	hasTls ? 'a certificate of another authority is not taken' : 'a server without TLS is not used',
	async () => {
		const output = await startInVain({ MYSQL_TLS: 'verify-ca', MYSQL_TLS_CA_FILE: strangersFile });
		expect(output).toMatch(
			hasTls
				? /has a certificate that is not trusted \(.*\): check MYSQL_TLS_CA_FILE/
				: /does not offer TLS: give it a certificate, or set MYSQL_TLS=off/
		);
	}
);
