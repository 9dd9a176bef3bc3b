import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand, runSuccessfully, type Finished } from '../support/service/command.ts';
import { freePort } from '../support/service/port.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Files that a clean checkout does not have. */
const notDelivered = [
	'node_modules',
	'.git',
	'.svelte-kit',
	'build',
	'data',
	'ssl',
	'backups',
	'.env',
	'.test'
];

/** A copy of the project as an operator gets it, with its own compose project and ports. */
export interface Deployment {
	folder: string;
	origin: string;
	/** Runs `docker compose …` in the folder. Resolves to the output; throws if the command fails. */
	compose: (...args: string[]) => Promise<string>;
	/** Runs any program in the folder, such as `scripts/backup`. */
	run: (...command: string[]) => Promise<Finished>;
	/** The id of a service's container. */
	container: (service: 'app' | 'db') => Promise<string>;
	/** Removes containers, volumes, the built image and the folder. */
	remove: () => Promise<void>;
}

/** Copies the project without starting it. */
export async function prepareDeployment(): Promise<Deployment> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-deployment-'));
	// A rootless engine may run as another user than the tests.
	chmodSync(folder, 0o755);
	cpSync(root, folder, {
		recursive: true,
		filter: (source) => !notDelivered.includes(path.relative(root, source))
	});
	const port = await freePort();
	const env = {
		...cleanEnvironment(),
		COMPOSE_PROJECT_NAME: `um-test-${randomBytes(4).toString('hex')}`,
		HTTP_PORT: `127.0.0.1:${port}`,
		HTTPS_PORT: `127.0.0.1:${await freePort()}`
	};
	const compose = (...args: string[]) =>
		runSuccessfully(['docker', 'compose', ...args], { cwd: folder, env });
	return {
		folder,
		origin: `http://localhost:${port}`,
		compose,
		run: (...command) => runCommand(command, { cwd: folder, env }),
		container: (service) => compose('ps', '--all', '--quiet', service),
		remove: async () => {
			await compose('down', '--volumes', '--rmi', 'local', '--timeout', '5');
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/** Runs `docker …`. Resolves to the output; throws if the command fails. */
export function docker(...args: string[]): Promise<string> {
	return runSuccessfully(['docker', ...args], { env: cleanEnvironment() });
}

/** The environment without other settings of the shell, which would override .env. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	const { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG, DOCKER_CONTEXT, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY } =
		process.env;
	return { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG, DOCKER_CONTEXT, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY };
}
