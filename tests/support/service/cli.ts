import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const entry = path.resolve(import.meta.dirname, '../../../build/cli.js');

/** Runs `node build/cli.js` with only the given settings and standard input, in a folder without a `.env`. */
export async function runCli(
	args: string[],
	env: Record<string, string | undefined> = {},
	input?: string
): Promise<{ status: number | null; stdout: string; stderr: string }> {
	const child = spawn(process.execPath, [entry, ...args], {
		cwd: os.tmpdir(),
		env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
		stdio: ['pipe', 'pipe', 'pipe']
	});
	// A command that needs no input may end before it is written.
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	const [stdout, stderr, status] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise<number | null>((resolve) => child.on('close', resolve))
	]);
	return { status, stdout, stderr };
}
