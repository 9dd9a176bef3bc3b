import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { maskEmails } from './mask-emails.ts';

describe('email addresses are masked', () => {
	test.for([
		['ada@example.org', 'a***@example.org'],
		['a@example.org', 'a***@example.org'],
		['<ada.lovelace+x@example.org>', '<a***@example.org>'],
		[
			"Duplicate entry 'ada@example.org' for key 'users.email'",
			"Duplicate entry 'a***@example.org' for key 'users.email'"
		],
		['ada@example.org, eve@example.com;bob@localhost', 'a***@example.org, e***@example.com;b***@localhost'],
		['пётр@почта.рф', 'п***@почта.рф'],
		['no address here', 'no address here'],
		['', '']
	])('%s', ([text = '', masked]) => {
		expect(maskEmails(text)).toBe(masked);
	});
});

test.for([
	['/users/ada@example.org'],
	['/users/ada%40example.org'],
	['user=ada@example.org'],
	['mailto:ada@example.org']
])('no address is readable in %s', ([text = '']) => {
	expect(maskEmails(text)).not.toContain('ada');
});

/** Runs a script that logs, in its own process, because the log writes to a file descriptor. Returns the lines. */
function write(script: string): Record<string, unknown>[] {
	const source = `import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
		const log = await createLog('info', 'Test');
		${script}`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' });
	return output
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
	test('has one JSON object per line with the name of the level and a time in RFC 3339', () => {
		expect(write(`log.info({ count: 1 }, 'two\\nlines'); log.debug('unseen');`)).toEqual([
			{
				level: 'info',
				time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
				name: 'Test',
				count: 1,
				msg: 'two\nlines'
			}
		]);
	});

	test('has no SQL, values or whole email address of a driver’s error', () => {
		const lines = write(`
			const error = Object.assign(new Error("Duplicate entry 'ada@example.org' for key 'users.email'"), {
				code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000',
				sql: "insert into users values ('ada@example.org', '$argon2id$secret')",
				sqlMessage: "Duplicate entry 'ada@example.org'", values: ['ada@example.org', '$argon2id$secret'],
				parameters: ['$argon2id$secret']
			});
			log.error({ err: new Error('Registering ada@example.org failed', { cause: error }) }, 'Request failed');`);
		const text = JSON.stringify(lines);
		expect(lines).toMatchObject([
			{
				err: { message: 'Registering a***@example.org failed', cause: { code: 'ER_DUP_ENTRY', errno: 1062 } }
			}
		]);
		for (const leak of ['ada@example', 'insert into', '$argon2id', 'sqlState'])
			expect(text).not.toContain(leak);
	});

	test('keeps the stack of an error', () => {
		expect(write(`log.error({ err: new TypeError('x is not a function') })`)).toMatchObject([
			{ err: { type: 'TypeError', stack: expect.stringContaining('at ') } }
		]);
	});

	test('hides every value that is named like a secret, at any depth', () => {
		const secrets = {
			password: 'geheim',
			token: 'geheim',
			access_token: 'geheim',
			authorization: 'geheim',
			cookie: 'geheim',
			secret: 'geheim',
			hashed_password: 'geheim'
		};
		const text = JSON.stringify(
			write(`const s = ${JSON.stringify(secrets)}; log.info(s); log.info({ headers: s });`)
		);
		expect(text).toContain('[redacted]');
		expect(text).not.toContain('geheim');
	});

	test('accepts a thrown value that is not an Error', () => {
		expect(write(`log.error({ err: 'ada@example.org' })`)).toMatchObject([
			{ err: { message: 'a***@example.org' } }
		]);
	});
});

test('the time to mask a text is at most proportional to its length', () => {
	for (const hostile of ['a'.repeat(100_000), '%40'.repeat(30_000), 'a@'.repeat(50_000)]) {
		const startedAt = performance.now();
		maskEmails(hostile);
		// Some milliseconds; a quadratic search takes many seconds.
		expect(performance.now() - startedAt).toBeLessThan(1000);
	}
});

describe('a log that buffers its lines', () => {
	const buffering = (script: string) =>
		`import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
		const log = await createLog('info', 'Test', true);
		${script}`;
	const messages = (script: string) => {
		const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', buffering(script)], {
			encoding: 'utf8'
		});
		const lines = stdout.split('\n').filter(Boolean);
		return { status, messages: lines.map((line) => (JSON.parse(line) as { msg: string }).msg) };
	};

	test.for([
		['it has nothing left to do', `log.info('last');`, 0],
		['it calls exit', `log.info('last'); process.exit(3);`, 3],
		['it crashes', `log.info('last'); setTimeout(() => { throw new Error('crash'); });`, 1],
		['it crashes in a promise', `log.info('last'); void Promise.reject(new Error('crash'));`, 1],
		['it has logged a fatal error', `log.info('first'); log.fatal('last'); process.exit(78);`, 78]
	] as const)('loses no line when the process ends because %s', ([, script, status]) => {
		const ended = messages(script);
		expect([ended.messages.at(-1), ended.status]).toEqual(['last', status]);
	});

	test('writes a burst of lines completely and in order', () => {
		const { messages: written } = messages(`for (let i = 0; i < 5000; i++) log.info(String(i));`);
		expect(written).toEqual(Array.from({ length: 5000 }, (_, index) => String(index)));
	});

	test('writes a line soon while the process runs', async () => {
		const script = buffering(`log.info('soon'); setInterval(() => {}, 1000);`);
		const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
			stdio: ['ignore', 'pipe', 'inherit']
		});
		onTestFinished(() => void child.kill('SIGKILL'));
		const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
		expect(line).toContain('"soon"');
	});
});
