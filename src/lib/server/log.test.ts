import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { maskEmails } from './mask-emails.ts';

describe('e-mail addresses are masked', () => {
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
])('nobody is named in %s', ([text = '']) => {
	expect(maskEmails(text)).not.toContain('ada');
});

/** What a process writes that logs with a script; the log goes to its file descriptor, not through our hands. */
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
	test('is one JSON object a line with a level by name and a time in RFC 3339', () => {
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

	test('has of a driver’s error neither SQL nor values nor a whole e-mail address', () => {
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

	test('keeps the stack of an error, for that is how it is mended', () => {
		expect(write(`log.error({ err: new TypeError('x is not a function') })`)).toMatchObject([
			{ err: { type: 'TypeError', stack: expect.stringContaining('at ') } }
		]);
	});

	test('hides what is named like a secret, wherever it stands', () => {
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

	test('takes what is thrown and is no error', () => {
		expect(write(`log.error({ err: 'ada@example.org' })`)).toMatchObject([
			{ err: { message: 'a***@example.org' } }
		]);
	});
});

test('masking takes a time that grows with the length only, whatever strangers send', () => {
	for (const hostile of ['a'.repeat(100_000), '%40'.repeat(30_000), 'a@'.repeat(50_000)]) {
		const startedAt = performance.now();
		maskEmails(hostile);
		// Some milliseconds; a quadratic search takes many seconds.
		expect(performance.now() - startedAt).toBeLessThan(1000);
	}
});

describe('a log that gathers its lines', () => {
	const gathering = (script: string) =>
		`import { createLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
		const log = await createLog('info', 'Test', true);
		${script}`;
	const messages = (script: string) => {
		const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', gathering(script)], {
			encoding: 'utf8'
		});
		const lines = stdout.split('\n').filter(Boolean);
		return { status, messages: lines.map((line) => (JSON.parse(line) as { msg: string }).msg) };
	};

	test.for([
		['nothing is left to do', `log.info('last');`, 0],
		['it is told to exit', `log.info('last'); process.exit(3);`, 3],
		['it crashes', `log.info('last'); setTimeout(() => { throw new Error('crash'); });`, 1],
		['it crashes in a promise', `log.info('last'); void Promise.reject(new Error('crash'));`, 1],
		['it says why', `log.info('first'); log.fatal('last'); process.exit(78);`, 78]
	] as const)('loses none when the process ends because %s', ([, script, status]) => {
		const ended = messages(script);
		expect([ended.messages.at(-1), ended.status]).toEqual(['last', status]);
	});

	test('writes many at once, all of them and in order', () => {
		const { messages: written } = messages(`for (let i = 0; i < 5000; i++) log.info(String(i));`);
		expect(written).toEqual(Array.from({ length: 5000 }, (_, index) => String(index)));
	});

	test('does not keep them for long', async () => {
		const script = gathering(`log.info('soon'); setInterval(() => {}, 1000);`);
		const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
			stdio: ['ignore', 'pipe', 'inherit']
		});
		onTestFinished(() => void child.kill('SIGKILL'));
		const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
		expect(line).toContain('"soon"');
	});
});
