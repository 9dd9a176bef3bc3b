import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The project's folder; every command runs there. */
export const root = path.resolve(import.meta.dirname, '../..');
const bin = path.join(root, 'node_modules/.bin');

export interface Finished {
	/** Exit status, or null when a signal or a missing program ended it. */
	status: number | null;
	/** stdout and stderr, in the order they came. */
	output: string;
}

interface RunOptions {
	env?: NodeJS.ProcessEnv;
	/** The longest that the program may take; by default as long as it likes. */
	timeoutSeconds?: number;
}

/** A program that says nothing for this long hangs. A slow machine makes tests slow, never red. */
const maxSilenceSeconds = 900;

const running = new Set<ChildProcess>();
const cleanups: (() => unknown)[] = [];

/** Runs a program to its end and keeps what it says. A bare name is looked up in node_modules/.bin first. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<Finished> {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd: root,
			env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, ...options.env },
			stdio: ['ignore', 'pipe', 'pipe'],
			// A group of its own, so that stopping it stops the services and browsers it started too.
			detached: true
		});
		running.add(child);
		let output = '';
		const { timeoutSeconds } = options;
		const timer = timeoutSeconds && setTimeout(() => stop(child), timeoutSeconds * 1000);
		const silence = setTimeout(() => stop(child), maxSilenceSeconds * 1000);
		const hear = (text: string) => {
			output += text;
			silence.refresh();
		};
		const finish = (status: number | null) => {
			clearTimeout(timer || undefined);
			clearTimeout(silence);
			// What an interrupted run was doing has no result, so the run does not continue.
			if (running.delete(child)) resolve({ status, output });
		};
		child.stdout.setEncoding('utf8').on('data', hear);
		child.stderr.setEncoding('utf8').on('data', hear);
		child.on('error', (error) => {
			output += error.message;
			finish(null);
		});
		child.on('close', finish);
	});
}

/** The first of these programs on the PATH or where Debian keeps its servers. */
export function findProgram(...names: string[]): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
	return names
		.flatMap((name) => folders.filter(Boolean).map((folder) => path.join(folder, name)))
		.find(isExecutable);
}

export function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Remembers what to undo when the run ends, however it ends. Last in, first out. */
export function atEnd(cleanup: () => unknown): void {
	cleanups.push(cleanup);
}

/** Stops every program still running, then undoes all that `atEnd` was told. */
export async function cleanUp(): Promise<void> {
	const interrupted = [...running];
	running.clear();
	await Promise.all(interrupted.map(end));
	for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** Cleans up when the run is interrupted. */
export function cleanUpOnSignals(): void {
	for (const [signal, number] of [
		['SIGINT', 2],
		['SIGTERM', 15],
		['SIGHUP', 1]
	] as const) {
		process.once(signal, async () => {
			await cleanUp();
			process.exit(128 + number);
		});
	}
}

async function end(child: ChildProcess): Promise<void> {
	const closed = once(child, 'close');
	stop(child);
	await Promise.race([closed, pause(10_000, undefined, { ref: false })]);
	stop(child, 'SIGKILL');
}

function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
	try {
		if (child.pid) process.kill(-child.pid, signal);
	} catch {
		// It ended by itself meanwhile.
	}
}
