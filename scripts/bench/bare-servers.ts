import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../tests/support/service/port.ts';

export interface BareServer {
	origin: string;
	stop(): void;
}

const root = join(import.meta.dirname, '../..');
const appFolder = join(root, '.test/bare-app');
const startSeconds = 10;

/** Starts a server that uses `node:http` alone. */
export function startBareNode(): Promise<BareServer> {
	return start(join(import.meta.dirname, 'bare-node.ts'));
}

/** Starts an app of the framework with a single endpoint. Builds it on first use. */
export function startBareApp(): Promise<BareServer> {
	const entry = join(appFolder, 'build/index.js');
	if (!existsSync(entry)) {
		// Builds a copy, because the framework writes files beside the sources.
		cpSync(join(import.meta.dirname, 'bare-app'), appFolder, { recursive: true });
		const vite = join(root, 'node_modules/vite/bin/vite.js');
		execFileSync(process.execPath, [vite, 'build', '--config', 'bare.config.js'], {
			cwd: appFolder,
			stdio: ['ignore', 'ignore', 'inherit']
		});
	}
	return start(entry);
}

async function start(entry: string): Promise<BareServer> {
	const port = await freePort();
	const env = { PATH: process.env.PATH, PORT: String(port), HOST: '127.0.0.1' };
	const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'ignore', 'inherit'] });
	process.once('exit', () => child.kill());
	const origin = `http://127.0.0.1:${port}`;
	for (let waitedMs = 0; waitedMs < startSeconds * 1000; waitedMs += 50) {
		const isUp = await fetch(`${origin}/me`).then(
			({ ok }) => ok,
			() => false
		);
		if (isUp) return { origin, stop: () => void child.kill('SIGKILL') };
		await pause(50);
	}
	child.kill('SIGKILL');
	throw new Error(`${entry} does not start`);
}
