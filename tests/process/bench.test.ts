import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

function bench(...args: string[]): Promise<{ status: unknown; stdout: string; stderr: string }> {
	return new Promise((resolve) => {
		execFile(process.execPath, ['scripts/bench.ts', ...args], { cwd: root }, (error, stdout, stderr) =>
			resolve({ status: error ? error.code : 0, stdout, stderr })
		);
	});
}

test('a run prints every figure, and no response has an unexpected status', async () => {
	const { status, stdout, stderr } = await bench('--seconds', '0.2', '--users', '1001', '--json');
	expect(status, stderr).toBe(0);
	const { rows, ...facts } = JSON.parse(stdout) as { rows: { name: string; perSecond: number }[] };
	expect(facts).toMatchObject({
		engine: 'sqlite',
		argon2: expect.stringMatching(/argon2/),
		fastest_argon2: expect.stringMatching(/argon2/),
		'hashes per second, @node-rs/argon2': expect.any(Number),
		logins_of_raw_hashing: expect.stringMatching(/^\d+ %$/),
		me_of_bare_endpoint: expect.stringMatching(/^\d+ %$/),
		logins_of_few_users: expect.stringMatching(/^\d+ %$/)
	});
	expect(rows.map(({ name }) => name)).toEqual([
		'raw argon2id',
		'login',
		'login, wrong password',
		'login, unknown email',
		'registration',
		'/me',
		'/.well-known/jwks.json',
		'bare adapter-node endpoint',
		'bare node:http',
		'refresh',
		'/livez',
		'logins at 80 % of the ceiling',
		'logins at 10 × the ceiling',
		'login, 1001 users',
		'login, 1000 users'
	]);
	for (const { name, perSecond } of rows) expect(perSecond, name).toBeGreaterThan(0);
}, 180_000);

test.for([
	[['--users', 'many'], '--users is a whole number'],
	[['--seconds', '0'], '--seconds is a number'],
	[['--against', 'somewhere'], '--against is an origin'],
	[['--fast'], "Unknown option '--fast'"]
] as const)('%j is refused in one line', async ([args, message]) => {
	const { status, stdout, stderr } = await bench(...args);
	expect([status, stdout]).toEqual([2, '']);
	expect(stderr).toContain(message);
	expect(stderr.trim().split('\n')).toHaveLength(1);
});
