import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freshDatabase, type Engine, type TestDatabase } from '../database/database.ts';
import { request } from '../http/http.ts';
import { freePort } from './port.ts';

export type LogRecord = Record<string, unknown>;

export interface ServiceOptions {
	/** Settings on top of the minimal ones; undefined takes one away. */
	env?: Record<string, string | undefined>;
	/** Default: the engine under test. */
	engine?: Engine;
	/** What to wait for: `/readyz`, `/livez`, or nothing for a process that is expected to end by itself. */
	until?: 'ready' | 'alive' | 'spawned';
	/** An existing service's data directory and database, to start on what it left behind. */
	successorOf?: Pick<Service, 'dataDir' | 'database'>;
	/** The built program. Default: that of the ordinary build. */
	entry?: string;
}

/** A running copy of the built service. */
export interface Service {
	/** `http://localhost:<port>`, which is also its default ORIGIN; it listens on 127.0.0.1. */
	origin: string;
	port: number;
	pid: number;
	dataDir: string;
	database: TestDatabase;
	/** Everything it wrote so far. */
	output: () => string;
	/** The lines of it that are JSON objects, parsed. */
	logs: () => LogRecord[];
	/** Resolves to its exit status once it has ended; null when a signal ended it. */
	exited: Promise<number | null>;
	/** Asks it to end (SIGTERM), waits, removes its database and files; resolves to its exit status. */
	stop: (signal?: NodeJS.Signals) => Promise<number | null>;
	/** Ends it, as a power cut does unless another signal is given; its database and files stay until `stop`. */
	kill: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const built = path.resolve(import.meta.dirname, '../../../build/server.js');
const readySeconds = 30;
const stopSeconds = 20;

/** Starts the built service in a folder, on a port and with a database of its own, and waits until it is ready. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
	for (let attempt = 1; ; attempt++) {
		const service = await spawnService(options);
		if (options.until === 'spawned') return service;
		const isUp = await waitUntilUp(service, options.until === 'alive' ? '/livez' : '/readyz');
		if (isUp) return service;
		await service.stop('SIGKILL');
		const lostItsPort = service.output().includes('EADDRINUSE') && options.env?.PORT === undefined;
		if (!lostItsPort || attempt === 3) throw new Error(`the service does not start:\n${service.output()}`);
	}
}

async function spawnService({ env, engine, successorOf, entry = built }: ServiceOptions): Promise<Service> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-service-'));
	const dataDir = successorOf?.dataDir ?? path.join(folder, 'data');
	const database = successorOf?.database ?? (await freshDatabase(dataDir, engine));
	const port = Number(env?.PORT ?? (await freePort()));
	const child = spawn(process.execPath, [entry], {
		cwd: folder,
		env: {
			PATH: process.env.PATH,
			HOST: '127.0.0.1',
			PORT: String(port),
			DATA_DIR: dataDir,
			...database.environment,
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const killWithTests = () => child.kill('SIGKILL');
	process.once('exit', killWithTests);

	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
	const exited = new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (status) => {
			process.off('exit', killWithTests);
			resolve(status);
		});
	});

	const end = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		const timer = setTimeout(() => {
			output += `\nthe tests killed it ${stopSeconds} s after ${signal}`;
			child.kill('SIGKILL');
		}, stopSeconds * 1000);
		const status = await exited;
		clearTimeout(timer);
		return status;
	};

	return {
		origin: `http://localhost:${port}`,
		port,
		pid: child.pid ?? 0,
		dataDir,
		database,
		output: () => output,
		logs: () => parseLines(output),
		exited,
		stop: async (signal = 'SIGTERM') => {
			const status = await end(signal);
			if (!successorOf) await database.drop();
			rmSync(folder, { recursive: true, force: true });
			return status;
		},
		kill: (signal = 'SIGKILL') => end(signal)
	};
}

async function waitUntilUp(service: Service, health: string): Promise<boolean> {
	let hasEnded = false;
	service.exited.then(
		() => (hasEnded = true),
		() => (hasEnded = true)
	);
	const deadline = performance.now() + readySeconds * 1000;
	while (performance.now() < deadline && !hasEnded) {
		const answer = await request(service.origin, { path: health }).catch(() => undefined);
		if (answer?.status === 200) return true;
		await pause(25);
	}
	return false;
}

function parseLines(text: string): LogRecord[] {
	return text.split('\n').flatMap((line) => {
		try {
			const value: unknown = JSON.parse(line);
			return typeof value === 'object' && value !== null ? [value as LogRecord] : [];
		} catch {
			return [];
		}
	});
}
