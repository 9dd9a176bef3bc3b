import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../tests/support/port.ts';
import { isRoot } from './apt.ts';
import { untilMysqlAnswers } from './mysql-ready.ts';
import { atEnd, findProgram, run } from './run.ts';

/** Starts `mysqld` or `mariadbd` on a data directory and loopback port of its own. Returns the URL of an account. */
export async function startPrivateServer(program: string): Promise<string> {
	// A short path: the server's socket is in it, and its name may have 107 characters.
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-db-'));
	const dataDir = path.join(folder, 'data');
	const isMariaDb = (await run(program, ['--version'])).output.includes('MariaDB');
	const asUser = isRoot() ? ['--user=root'] : [];
	atEnd(() => rmSync(folder, { recursive: true, force: true }));

	await initialise(program, isMariaDb, ['--no-defaults', `--datadir=${dataDir}`, ...asUser]);
	const password = randomBytes(12).toString('hex');
	const port = await freePort();
	const accountFile = path.join(folder, 'account.sql');
	// mysqld reads one statement a line here.
	writeFileSync(
		accountFile,
		`create user 'tests'@'127.0.0.1' identified by '${password}';\ngrant all on *.* to 'tests'@'127.0.0.1' with grant option;\n`
	);
	const log = path.join(folder, 'log');
	const server = spawn(
		program,
		[
			'--no-defaults',
			`--datadir=${dataDir}`,
			...asUser,
			'--bind-address=127.0.0.1',
			`--port=${port}`,
			`--socket=${path.join(folder, 'socket')}`,
			`--pid-file=${path.join(folder, 'pid')}`,
			`--init-file=${accountFile}`,
			'--skip-name-resolve',
			'--skip-log-bin',
			// The data need not survive anything, so commits need not wait for the disk.
			'--innodb-flush-log-at-trx-commit=0',
			...(isMariaDb ? [] : ['--mysqlx=OFF'])
		],
		{ stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')], detached: true }
	);
	const ended = once(server, 'exit');
	atEnd(async () => {
		server.kill('SIGTERM');
		await ended;
	});
	const url = `mysql://tests:${password}@127.0.0.1:${port}`;
	const hasEnded = () => server.exitCode !== null || server.signalCode !== null;
	if (!(await untilMysqlAnswers(url, 60, hasEnded))) {
		throw new Error(`${program} does not start: ${complaint(readFileSync(log, 'utf8'))}`);
	}
	return url;
}

async function initialise(program: string, isMariaDb: boolean, args: string[]): Promise<void> {
	const installer = findProgram('mariadb-install-db', 'mysql_install_db');
	if (isMariaDb && !installer) throw new Error(`${program} is there, but not its mariadb-install-db`);
	const { status, output } =
		isMariaDb && installer
			? await run(installer, [...args, '--auth-root-authentication-method=normal', '--skip-test-db'])
			: await run(program, [...args, '--initialize-insecure']);
	if (status !== 0) throw new Error(`${program} cannot make a data directory: ${complaint(output)}`);
}

/** The line that names the error, or the last few. */
function complaint(text: string): string {
	const lines = text.trim().split('\n');
	return lines.find((line) => /error/i.test(line)) ?? lines.slice(-3).join(' ');
}
