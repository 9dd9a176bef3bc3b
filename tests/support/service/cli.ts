import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const entry = path.resolve(import.meta.dirname, '../../../build/cli.js');

/** Runs `node build/cli.js` with only the given settings, in a folder without a `.env`. */
export async function runCli(
	args: string[],
	env: Record<string, string | undefined> = {}
): Promise<{ status: number | null; stdout: string; stderr: string }> {
	const child = spawn(process.execPath, [entry, ...args], {
		cwd: os.tmpdir(),
		env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const [stdout, stderr, status] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise<number | null>((resolve) => child.on('close', resolve))
	]);
	return { status, stdout, stderr };
}
