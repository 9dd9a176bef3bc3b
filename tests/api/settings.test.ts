import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { renamedSettings } from '#lib/server/config/renamed.ts';
import { request } from '../support/http/http.ts';
import { startService, type ServiceOptions } from '../support/service/service.ts';
import { readByHand, secretKeyOf, signByHand } from '../support/people/tokens.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, register } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'um-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the service with settings it refuses. */
async function refuse(env: ServiceOptions['env']): Promise<{ status: number | null; output: string }> {
	const service = await startService({ engine: 'sqlite', until: 'spawned', env });
	const status = await service.exited;
	await service.stop();
	return { status, output: service.output() };
}

describe('with wrong settings the process ends with 78 (EX_CONFIG) and says', () => {
	test('all errors together, with the remedy, and nothing else', async () => {
		const { status, output } = await refuse({
			MYSQL_DATABASE_HOST: 'db',
			MYSQL_DATABASE_PORT: '33o6',
			SECRET_KEY: 'too-short-a-secret',
			ALGORITHM: 'PS256',
			ORIGIN: 'id.example.org',
			TRUSTED_PROXIES: 'proxy',
			LOG_LEVEL: 'loud'
		});
		expect(status).toBe(78);
		const names = [
			'MYSQL_DATABASE_PORT',
			'MYSQL_USER',
			'MYSQL_PASSWORD',
			'MYSQL_DATABASE',
			'SECRET_KEY',
			'ALGORITHM',
			'ORIGIN',
			'TRUSTED_PROXIES',
			'LOG_LEVEL'
		];
		for (const name of names) expect(output).toMatch(new RegExp(`^\\s*${name}: .{10,}`, 'm'));
		expect(output).not.toContain('too-short-a-secret');
		expect(output).not.toMatch(/^\s+at /m);
	});

	test.for([
		['SECRET_KEY', { SECRET_KEY: 'x'.repeat(31) }, /31 bytes.*HS256.*32.*openssl/],
		['SECRET_KEY', { SECRET_KEY: 'x'.repeat(47), ALGORITHM: 'HS384' }, /47 bytes.*HS384.*48/],
		['SECRET_KEY', { SECRET_KEY: 'x'.repeat(63), ALGORITHM: 'HS512' }, /63 bytes.*HS512.*64/],
		['SECRET_KEY_FILE', { SECRET_KEY_FILE: path.join(folder, 'nothing') }, /ENOENT/],
		['PORT', { PORT: '70000' }, /65535/],
		['PASSWORD_MIN_LENGTH', { PASSWORD_MIN_LENGTH: '6' }, /8/],
		['ALLOWED_HOSTS', { ALLOWED_HOSTS: 'localhost:3000' }, /without port/]
	] as const)('%s with %j', async ([variable, env, remedy]) => {
		const { status, output } = await refuse({ ...env });
		expect(status).toBe(78);
		expect(output).toMatch(new RegExp(`^\\s*${variable}: `, 'm'));
		expect(output).toMatch(remedy);
	});

	test('the new name of a setting that has its old name', async () => {
		const [previous = '', current = ''] = Object.entries(renamedSettings)[0] ?? [];
		const { status, output } = await refuse({ [previous]: '20/1h' });
		expect(status).toBe(78);
		expect(output.trim().split('\n')).toEqual([
			'Fix these settings:',
			expect.stringMatching(`^ *${previous}: is now ${current}`)
		]);
	});

	test('that a key is missing beside MySQL', async () => {
		const mysql = { MYSQL_DATABASE_HOST: 'db', MYSQL_USER: 'um', MYSQL_PASSWORD: '', MYSQL_DATABASE: 'um' };
		const { status, output } = await refuse({ ...mysql, SECRET_KEY: undefined });
		expect({ status, output }).toEqual({
			status: 78,
			output: expect.stringMatching(/SECRET_KEY: is missing/)
		});
	});
});

describe('the embedded service', () => {
	test('makes its key and its database for its owner only, and keeps them over a restart', async () => {
		const first = await startService({ engine: 'sqlite' });
		const { sent, user } = await register(first.origin);
		const token = await accessToken(first.origin, sent);
		const visitor = newVisitor(first.origin);
		await visitor.post('/login', { email: sent.email, password: sent.password });
		for (const file of ['secret-key', 'user-management.db']) {
			expect(statSync(path.join(first.dataDir, file)).mode & 0o777, file).toBe(0o600);
		}
		expect(Buffer.byteLength(secretKeyOf(first))).toBeGreaterThanOrEqual(64);
		await first.kill();

		const second = await startService({
			engine: 'sqlite',
			successorOf: first,
			env: { PORT: String(first.port) }
		});
		const me = await request(second.origin, { path: '/me', headers: { authorization: `Bearer ${token}` } });
		expect(me).toMatchObject({ status: 200, json: user });
		expect((await visitor.get('/account')).status).toBe(200);
		await second.stop();
		await first.stop();
	});
});

describe.each([['HS384'], ['HS512']])('with ALGORITHM %s and a key from a file', (algorithm) => {
	const secret = 'geheim-Ü-'.repeat(8);
	writeFileSync(path.join(folder, algorithm), `${secret}\n`);
	const settings = { ORIGIN: 'https://id.example.org', TOKEN_AUDIENCE: 'https://api.example.org' };
	const service = useService({
		env: {
			...settings,
			ALGORITHM: algorithm,
			SECRET_KEY: undefined,
			SECRET_KEY_FILE: path.join(folder, algorithm)
		}
	});

	test('tokens are signed with it, for the audience of the settings, and taken by /me', async () => {
		const { sent } = await register(service.origin);
		const token = await accessToken(service.origin, sent);
		const { header, claims, isGenuine } = readByHand(token, secret);
		expect({ header, isGenuine }).toEqual({ header: { alg: algorithm, typ: 'at+jwt' }, isGenuine: true });
		expect(claims).toMatchObject({ iss: settings.ORIGIN, aud: settings.TOKEN_AUDIENCE });
		const ask = async (bearer: string) =>
			(await request(service.origin, { path: '/me', headers: { authorization: `Bearer ${bearer}` } })).status;
		expect(await ask(token)).toBe(200);
		expect(await ask(signByHand(header, claims, secret))).toBe(200);
		expect(await ask(signByHand({ ...header, alg: 'HS256' }, claims, secret)), 'no other algorithm').toBe(
			401
		);
		expect(
			await ask(signByHand(header, { ...claims, aud: settings.ORIGIN }, secret)),
			'no other audience'
		).toBe(401);
	});
});

test('APP_NAME is the name on the pages, escaped', async () => {
	const service = await startService({ env: { APP_NAME: 'Our <users>' } });
	const { text } = await request(service.origin, { path: '/login' });
	await service.stop();
	expect(text).toContain('Our &lt;users>');
	expect(text).not.toContain('Our <users>');
});

test('PASSWORD_MIN_LENGTH is the rule and stands in the sentence', async () => {
	const service = await startService({ env: { PASSWORD_MIN_LENGTH: '15' } });
	const post = (password: string) =>
		request(service.origin, {
			method: 'POST',
			path: '/register',
			json: { email: 'ada@example.org', first_name: 'A', last_name: 'L', password }
		});
	const short = await post('fourteen chars');
	expect(short.json).toMatchObject({
		errors: [{ field: 'password', code: 'too_short', detail: expect.stringContaining('15') }]
	});
	expect((await post('fifteen chars!!')).status).toBe(201);
	await service.stop();
});
