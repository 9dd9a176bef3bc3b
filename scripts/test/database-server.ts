import mysql from 'mysql2/promise';
import { aptInstall, canInstall } from './apt.ts';
import { startContainer } from './mysql-container.ts';
import { startPrivateServer } from './mysql-process.ts';
import { atEnd, findProgram, run } from './run.ts';

const advice =
	'no database server: install mariadb-server or mysql-server, start Docker, or set TEST_MYSQL_URL=mysql://user:password@host:port';

/**
 * A server that speaks MySQL's protocol, and whose account may create databases: `TEST_MYSQL_URL`, else `mysqld` or
 * `mariadbd` on a port and data directory of its own, else a container, else Debian's package.
 * Returns its URL; what was started stops with the run. Throws one line that says what to install.
 */
export async function provideDatabaseServer(): Promise<string> {
	const given = process.env.TEST_MYSQL_URL;
	if (given) return announce(given);
	const reasons: string[] = [];
	for (const attempt of [startInstalled, startWithDocker, startFreshlyInstalled]) {
		try {
			const url = await attempt();
			if (url) return await announce(url);
		} catch (error) {
			reasons.push((error as Error).message);
			console.log((error as Error).message);
		}
	}
	throw new Error([advice, ...reasons].join('; ').replaceAll('\n', ' '));
}

/** The server program of this machine, for tests that kill it; Debian's is installed where there is none. */
export async function provideServerProgram(): Promise<string> {
	const installed = findServerProgram();
	if (installed) return installed;
	if (await canInstall()) await installServer();
	const fresh = findServerProgram();
	if (fresh) return fresh;
	throw new Error(
		'no mysqld or mariadbd: install mariadb-server or mysql-server, which the fault tests kill'
	);
}

export function findServerProgram(): string | undefined {
	return findProgram('mysqld', 'mariadbd');
}

async function startInstalled(): Promise<string | undefined> {
	const program = findServerProgram();
	if (!program) return undefined;
	const server = await startPrivateServer(program);
	atEnd(server.remove);
	return server.url;
}

async function startWithDocker(): Promise<string | undefined> {
	const hasEngine =
		findProgram('docker') && (await run('docker', ['info'], { timeoutSeconds: 20 })).status === 0;
	return hasEngine ? startContainer() : undefined;
}

async function startFreshlyInstalled(): Promise<string | undefined> {
	// Also where there is a program that does not start: half of the packages may be missing.
	if (!(await canInstall())) return undefined;
	await installServer();
	return startInstalled();
}

/** The programs without the package that would run them as a service; making a data directory takes one of the client's. */
function installServer(): Promise<void> {
	return aptInstall('mariadb-server-core', 'mariadb-client-core');
}

async function announce(url: string): Promise<string> {
	const version = await serverVersion(url);
	console.log(`database server: ${version} at ${new URL(url).host}`);
	return url;
}

async function serverVersion(url: string): Promise<string> {
	try {
		const connection = await mysql.createConnection(url);
		const [rows] = await connection.query<mysql.RowDataPacket[]>('select version() as version');
		await connection.end();
		const version = String(rows[0]?.version);
		return version.includes('MariaDB') ? version : `MySQL ${version}`;
	} catch (error) {
		throw new Error(
			`the database server at ${new URL(url).host} does not answer: ${(error as Error).message}`,
			{
				cause: error
			}
		);
	}
}
