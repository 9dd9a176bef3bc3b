import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../tests/support/service/port.ts';
import { isRoot } from './apt.ts';
import { untilMysqlAnswers } from './mysql-ready.ts';
import { findProgram, run } from './run.ts';

/** A database server of one's own. */
export interface PrivateServer {
	/** Of its account, which may do anything. */
	url: string;
	/** Starts it once more on the data it left behind. */
	start: () => Promise<void>;
	/** Ends it; SIGKILL as a power cut would. */
	end: (signal?: NodeJS.Signals) => Promise<void>;
	/** Ends it and removes its files. */
	remove: () => Promise<void>;
}

/**
 * Starts `mysqld` or `mariadbd` on a data directory and loopback port of its own.
 *
 * @param isDurable whether what was committed must survive a kill; the tests are quicker when it need not
 */
export async function startPrivateServer(
	program: string,
	{ isDurable = false } = {}
): Promise<PrivateServer> {
	// A short path: the server's socket is in it, and its name may have 107 characters.
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-db-'));
	const dataDir = path.join(folder, 'data');
	const isMariaDb = (await run(program, ['--version'])).output.includes('MariaDB');
	const asUser = isRoot() ? ['--user=root'] : [];
	const password = randomBytes(12).toString('hex');
	const port = await freePort();
	const url = `mysql://tests:${password}@127.0.0.1:${port}`;
	const log = path.join(folder, 'log');
	let server: ChildProcess | undefined;
	const hasEnded = () => server === undefined || server.exitCode !== null || server.signalCode !== null;
	const serverArguments = [
		'--no-defaults',
		`--datadir=${dataDir}`,
		...asUser,
		'--bind-address=127.0.0.1',
		`--port=${port}`,
		`--socket=${path.join(folder, 'socket')}`,
		`--pid-file=${path.join(folder, 'pid')}`,
		`--init-file=${writeAccount(folder, password)}`,
		'--skip-name-resolve',
		'--skip-log-bin',
		`--innodb-flush-log-at-trx-commit=${isDurable ? 1 : 0}`,
		...(isMariaDb ? [] : ['--mysqlx=OFF'])
	];

	async function start(): Promise<void> {
		server = spawn(program, serverArguments, {
			stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')],
			detached: true
		});
		if (await untilMysqlAnswers(url, 60, hasEnded)) return;
		throw new Error(`${program} does not start: ${complaint(readFileSync(log, 'utf8'))}`);
	}

	async function end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		if (server === undefined || hasEnded()) return;
		const ended = once(server, 'exit');
		server.kill(signal);
		await ended;
	}

	async function remove(): Promise<void> {
		await end();
		rmSync(folder, { recursive: true, force: true });
	}

	try {
		await initialise(program, isMariaDb, ['--no-defaults', `--datadir=${dataDir}`, ...asUser]);
		await start();
	} catch (error) {
		await remove();
		throw error;
	}
	return { url, start, end, remove };
}

/** The account of the tests, as SQL that the server runs at its start; mysqld reads one statement a line. */
function writeAccount(folder: string, password: string): string {
	const file = path.join(folder, 'account.sql');
	const account = `'tests'@'127.0.0.1'`;
	const create = `create user if not exists ${account} identified by '${password}';`;
	writeFileSync(file, `${create}\ngrant all on *.* to ${account} with grant option;\n`);
	return file;
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
