import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/service/command.ts';
import { docker } from './deployment.ts';

const root = path.resolve(import.meta.dirname, '../..');
const image = `um-test-${randomBytes(4).toString('hex')}`;
const maxAddedBytes = 60_000_000;
const hardened = [
	'--init',
	'--read-only',
	'--cap-drop=ALL',
	'--security-opt=no-new-privileges',
	'--network=none'
];

beforeAll(async () => {
	await docker('build', '--quiet', '--tag', image, root);
});

afterAll(async () => {
	await docker('image', 'rm', '--force', image);
});

test('the image adds less than 60 MB to its base', async () => {
	const base = /^FROM (\S+)$/m.exec(
		readFileSync(path.join(root, 'Dockerfile'), 'utf8').split('\n\n').at(-1) ?? ''
	)?.[1];
	const sizes = await docker('image', 'inspect', '--format={{.Size}}', image, String(base));
	const [size = 0, baseSize = 0] = sizes.split('\n').map(Number);
	console.log(`the image adds ${((size - baseSize) / 1e6).toFixed(1)} MB to ${base}`);
	expect(size - baseSize).toBeLessThan(maxAddedBytes);
});

test('the image has the built service and its production dependencies, and nothing else', async () => {
	const files = (await inImage('find', '/app', '-mindepth', '1'))
		.split('\n')
		.map((file) => file.slice('/app/'.length));
	const top = files.filter((file) => !file.includes('/')).sort();
	expect(top).toEqual(['build', 'data', 'health-check.js', 'node_modules', 'package.json']);

	const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { dev?: boolean }>;
	};
	const packages = files.filter((file) => /^node_modules\/(@[^/]+\/[^/]+|[^@/]+)$/.test(file));
	expect(packages).toContain('node_modules/@node-rs/argon2');
	expect(packages.filter((name) => lock.packages[name]?.dev !== undefined || !lock.packages[name])).toEqual(
		[]
	);
	expect(files.filter((file) => /\.(test\.\w+|map|c|cc|cpp|h|gyp)$/.test(file))).toEqual([]);
});

test('the image hashes with the argon2 that its build compiled, where the build could install a compiler', async () => {
	// Built already, so this only gives the stage a name.
	const stage = (await docker('build', '--quiet', '--target=compiler', root)).trim();
	const compiler = await docker('run', '--rm', stage, 'sh', '-c', 'command -v cc || echo none');
	console.log(`the compiler of the build stage: ${compiler}`);
	const files = await inImage('ls', '/app/build');
	expect(files.split('\n').includes('argon2.node')).toBe(compiler !== 'none');
	expect(await inImage('sh', '-c', 'command -v cc || echo none')).toBe('none');
	const { stdout } = await runCommand([
		'docker',
		'run',
		'--rm',
		...hardened,
		image,
		'node',
		'build/cli.js',
		'doctor'
	]);
	expect(stdout).toMatch(/^ok +hashing +argon2id /m);
	expect(stdout.includes('argon2 compiled for')).toBe(compiler !== 'none');
});

test('the process of the container can write to no file except data', async () => {
	expect(await inImage('id', '-un')).toBe('node');
	// The check is about owners and modes, so the file system is writable.
	expect(await docker('run', '--rm', image, 'find', '/app', '-writable')).toBe('/app/data');
});

test('the container runs healthily on a read-only file system without privileges, and stops in two seconds with status 0', async () => {
	const data = '--tmpfs=/app/data:uid=1000,gid=1000,mode=700';
	const id = await docker('run', '--detach', ...hardened, data, image);
	try {
		expect(await untilHealthy(id)).toBe('healthy');
		const stopped = await runCommand(['docker', 'stop', id]);
		expect(stopped.seconds).toBeLessThan(2);
		expect(await docker('inspect', '--format={{.State.ExitCode}}', id)).toBe('0');
	} finally {
		await docker('rm', '--force', id);
	}
});

test('the container reports each wrong setting in one line and ends with status 78', async () => {
	const settings = ['--env=MYSQL_DATABASE_HOST=db', '--env=SECRET_KEY=short'];
	const { status, stdout, stderr } = await runCommand([
		'docker',
		'run',
		'--rm',
		...hardened,
		...settings,
		image
	]);
	expect(status).toBe(78);
	expect(`${stdout}${stderr}`).toMatch(/SECRET_KEY.*at least 32/);
	expect(`${stdout}${stderr}`).not.toMatch(/^\s+at /m);
});

function inImage(...command: string[]): Promise<string> {
	return docker('run', '--rm', ...hardened, image, ...command);
}

async function untilHealthy(id: string): Promise<string> {
	const deadline = performance.now() + 30_000;
	for (;;) {
		const health = await docker('inspect', '--format={{.State.Health.Status}}', id);
		if (health !== 'starting' || performance.now() > deadline) return health;
		await pause(200);
	}
}
