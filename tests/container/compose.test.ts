import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/service/command.ts';
import { request } from '../support/http/http.ts';
import { accessToken, newUser, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';
import { docker, prepareDeployment, type Deployment } from './deployment.ts';

// One deployment lives through all of these, from the first start to the restored backup: they build on each other.

const maxStartSeconds = 180;
let deployment: Deployment;
const ann = newUser();

beforeAll(async () => {
	deployment = await prepareDeployment();
	expect((await deployment.run('scripts/init-env')).status).toBe(0);
});

afterAll(async () => {
	await deployment?.remove();
});

test('is healthy within three minutes of a clean checkout, the build included', async () => {
	const started = performance.now();
	await deployment.compose('up', '--build', '--detach', '--wait');
	const seconds = (performance.now() - started) / 1000;
	console.log(`built and healthy after ${seconds.toFixed(1)} s`);
	expect(seconds).toBeLessThan(maxStartSeconds);
});

test('a second init-env leaves the secrets alone', async () => {
	const file = path.join(deployment.folder, '.env');
	const before = readFileSync(file, 'utf8');
	const { status, stderr } = await deployment.run('scripts/init-env');
	expect(status).not.toBe(0);
	expect(stderr).toContain('.env exists already');
	expect(readFileSync(file, 'utf8')).toBe(before);
});

test('serves the pages and the API through the published port', async () => {
	await register(deployment.origin, ann);
	expect(await accessToken(deployment.origin, ann)).toMatch(/^ey/);
	const visitor = newVisitor(deployment.origin);
	expect((await visitor.get('/login')).status).toBe(200);
	const answer = await visitor.post('/login', { email: ann.email, password: ann.password });
	expect(answer.status).toBe(303);
	expect((await visitor.get('/account')).text).toContain(ann.first_name);
});

test.for(['app', 'db'] as const)('%s has no more rights than it needs', async (service) => {
	const id = await deployment.container(service);
	const [inspected] = JSON.parse(await docker('inspect', id)) as [
		{ Config: { User: string }; HostConfig: Record<string, unknown> }
	];
	expect(inspected.Config.User).toBe(service === 'app' ? 'node' : 'mysql');
	expect(inspected.HostConfig).toMatchObject({
		ReadonlyRootfs: true,
		CapDrop: ['ALL'],
		CapAdd: null,
		SecurityOpt: ['no-new-privileges:true'],
		Privileged: false
	});
});

test('the database is not published, and the account of the service has rights on its own schema only', async () => {
	expect(await docker('port', await deployment.container('db'))).toBe('');
	const grants = await inDatabase('show grants');
	expect(grants.replaceAll('\\', '').split('\n')).toEqual([
		expect.stringMatching(/^GRANT USAGE ON \*\.\* /),
		expect.stringMatching(/^GRANT ALL PRIVILEGES ON `user_management`\.\* /)
	]);
	const environment = await deployment.compose('exec', '-T', 'app', 'env');
	expect(environment).not.toMatch(/^MYSQL_ROOT_PASSWORD=.+/m);
});

test('the data survive down and up', async () => {
	await deployment.compose('down');
	await deployment.compose('up', '--detach', '--wait');
	expect(await accessToken(deployment.origin, ann)).toMatch(/^ey/);
});

test('no acknowledged registration is lost when MySQL is killed under load', async () => {
	const acknowledged: string[] = [];
	const refused = new Set<number>();
	let isOver = false;
	const load = Array.from({ length: 4 }, async () => {
		while (!isOver) {
			const user = newUser();
			const answer = await request(deployment.origin, { method: 'POST', path: '/register', json: user });
			if (answer.status === 201) acknowledged.push(user.email);
			else refused.add(answer.status);
			if (answer.status !== 201) await pause(50);
		}
	});
	const db = await deployment.container('db');
	await pause(2_000);
	await docker('kill', '--signal=KILL', db);
	const before = acknowledged.length;
	await pause(500);
	await docker('start', db);
	await deployment.compose('up', '--detach', '--wait');
	await pause(1_000);
	isOver = true;
	await Promise.all(load);

	const kept = new Set((await inDatabase('select email from users')).split('\n'));
	console.log(`${before} registrations before the kill, ${acknowledged.length - before} after it`);
	expect(before).toBeGreaterThan(0);
	expect(acknowledged.length).toBeGreaterThan(before);
	expect(acknowledged.filter((email) => !kept.has(email))).toEqual([]);
	expect([...refused]).not.toContain(500);
});

test('docker stop ends it with status 0 within two seconds', async () => {
	const app = await deployment.container('app');
	const { seconds } = await runCommand(['docker', 'stop', app]);
	console.log(`stopped after ${seconds.toFixed(2)} s`);
	expect(seconds).toBeLessThan(2);
	expect(await docker('inspect', '--format={{.State.ExitCode}}', app)).toBe('0');
	await deployment.compose('up', '--detach', '--wait');
});

test('a backup of the running service, restored into a new volume, lets people log in', async () => {
	const backup = await deployment.run('scripts/backup');
	expect(backup).toMatchObject({ status: 0, stderr: '' });
	const file = backup.stdout.trim();
	expect(path.basename(file)).toMatch(/^user-management-\d{8}T\d{6}Z\.sql\.gz$/);
	expect(statSync(file).mode & 0o777).toBe(0o600);

	expect((await deployment.run('scripts/restore', file)).stderr).toContain('the service is running');
	await deployment.compose('stop', 'app');
	expect((await deployment.run('scripts/restore', file)).stderr).toMatch(/has \d+ tables/);

	await deployment.compose('down', '--volumes');
	await deployment.compose('up', '--detach', '--wait', 'db');
	expect(await deployment.run('scripts/restore', file)).toMatchObject({ status: 0 });
	await deployment.compose('up', '--detach', '--wait');
	expect(await accessToken(deployment.origin, ann)).toMatch(/^ey/);
});

test('a backup that fails says so and leaves no file', async () => {
	const folder = path.join(deployment.folder, 'backups');
	const before = readdirSync(folder);
	await deployment.compose('stop', 'db');
	const { status, stderr } = await deployment.run('scripts/backup');
	expect(status).toBe(1);
	expect(stderr).toContain('could not be read');
	expect(readdirSync(folder)).toEqual(before);
	expect(existsSync(path.join(deployment.folder, 'data'))).toBe(false);
});

/** One statement as the account of the service. */
function inDatabase(sql: string): Promise<string> {
	const client = 'MYSQL_PWD=$MYSQL_PASSWORD mysql -NB -h127.0.0.1 -u$MYSQL_USER $MYSQL_DATABASE -e "$1"';
	return deployment.compose('exec', '-T', 'db', 'sh', '-c', client, 'sh', sql);
}
