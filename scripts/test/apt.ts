import { existsSync, readFileSync } from 'node:fs';
import { run } from './run.ts';

/** Whether packages can be installed without asking anyone: Debian or a relative, as root or with passwordless sudo. */
export async function canInstall(): Promise<boolean> {
	if (!existsSync('/etc/os-release')) return false;
	const isDebian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
	return isDebian && (isRoot() || (await run('sudo', ['-n', 'true'])).status === 0);
}

export function isRoot(): boolean {
	return process.getuid?.() === 0;
}

/** Installs packages, and throws with apt's own last words when that fails. */
export async function aptInstall(...names: string[]): Promise<void> {
	console.log(`installing ${names.join(' and ')} with apt-get …`);
	await apt('update');
	await apt('install', '--yes', '--no-install-recommends', ...names);
}

async function apt(...args: string[]): Promise<void> {
	const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '--quiet', ...args];
	const [program = 'env', ...rest] = isRoot() ? command : ['sudo', '-n', ...command];
	const { status, output } = await run(program, rest);
	if (status !== 0) throw new Error(`apt-get ${args[0]}: ${output.trim().split('\n').slice(-3).join(' ')}`);
}
