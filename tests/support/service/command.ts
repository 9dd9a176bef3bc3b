import { spawn } from 'node:child_process';

export interface Finished {
	/** null when a signal ended it. */
	status: number | null;
	stdout: string;
	stderr: string;
	seconds: number;
}

/** Runs a program to its end, whatever its status. */
export function runCommand(
	[program = '', ...args]: string[],
	{ cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {}
): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const started = performance.now();
		const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
		child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
		child.on('error', reject);
		child.on('close', (status) => {
			resolve({ status, stdout, stderr, seconds: (performance.now() - started) / 1000 });
		});
	});
}

/** Runs a program that must succeed. Resolves to its standard output without the last line break. */
export async function runSuccessfully(
	command: string[],
	options?: Parameters<typeof runCommand>[1]
): Promise<string> {
	const { status, stdout, stderr } = await runCommand(command, options);
	if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
	return stdout.trimEnd();
}
