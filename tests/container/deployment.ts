import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand, runSuccessfully, type Finished } from '../support/service/command.ts';
import { freePort } from '../support/service/port.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** What a clean checkout does not have. */
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

/** A copy of the project as an operator gets it, with a compose project and ports of its own. */
export interface Deployment {
	folder: string;
	origin: string;
	/** `docker compose …` in it; throws when that fails. Resolves to the output. */
	compose: (...args: string[]) => Promise<string>;
	/** Any program in it, such as `scripts/backup`. */
	run: (...command: string[]) => Promise<Finished>;
	/** The id of a service's container. */
	container: (service: 'app' | 'db') => Promise<string>;
	/** Removes containers, volumes, the built image and the folder. */
	remove: () => Promise<void>;
}

/** Copies the project; nothing is started yet. */
export async function prepareDeployment(): Promise<Deployment> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'um-deployment-'));
	// A rootless engine may belong to another user than the tests do.
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

/** `docker …`; throws when that fails. */
export function docker(...args: string[]): Promise<string> {
	return runSuccessfully(['docker', ...args], { env: cleanEnvironment() });
}

/** Without the settings of whoever runs the tests, which would win over .env. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	const { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG, DOCKER_CONTEXT, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY } =
		process.env;
	return { PATH, HOME, DOCKER_HOST, DOCKER_CONFIG, DOCKER_CONTEXT, DOCKER_CERT_PATH, DOCKER_TLS_VERIFY };
}
