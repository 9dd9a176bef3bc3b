import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/service/cli.ts';
import { runCommand } from '../support/service/command.ts';
import { request } from '../support/http/http.ts';
import { freePort } from '../support/service/port.ts';
import { findPython } from '../support/service/python.ts';
import { startService } from '../support/service/service.ts';
import { readHeader } from '../support/people/tokens.ts';
import { accessToken, register } from '../support/people/users.ts';

const root = path.resolve(import.meta.dirname, '../..');
const kit = path.join(root, 'verify');
const python = findPython();
const algorithms = ['ES256', 'EdDSA', 'RS256'] as const;

/** The examples that run on this machine. docs/verify.md says where the others run. */
const examples: [string, string[]][] = [
	['Node', [process.execPath, path.join(kit, 'node/lines.mjs')]],
	...(python ? ([['Python', [python, path.join(kit, 'python/lines.py')]]] as [string, string[]][]) : [])
];
const cases = examples.flatMap(([name, command]) =>
	algorithms.map((algorithm) => [name, algorithm, command] as const)
);

interface Result {
	name: string;
	isRight: boolean;
	note: string;
}

async function runVectors(...args: string[]): Promise<{ status: number | null; results: Result[] }> {
	const run = path.join(kit, 'conformance/run.mjs');
	const { status, stdout, stderr } = await runCommand([process.execPath, run, '--json', ...args]);
	if (!stdout) throw new Error(stderr);
	return { status, ...(JSON.parse(stdout) as { results: Result[] }) };
}

const wrongOf = ({ results }: { results: Result[] }) =>
	results.filter(({ isRight }) => !isRight).map(({ name, note }) => `${name}: ${note}`);

/** Gives tokens of a running service to an example. Resolves to its verdicts. */
async function judge(command: string[], env: Record<string, string>, tokens: string[]): Promise<string[]> {
	const [program = '', ...args] = command;
	const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
	child.stdin.end(tokens.map((token) => `${token}\n`).join(''));
	await new Promise((resolve) => child.on('close', resolve));
	return output.trim().split('\n');
}

describe('the vectors', () => {
	test.for(cases)(
		'the example in %s accepts valid tokens and rejects every attack, with %s',
		async ([, algorithm, command]) => {
			const run = await runVectors('--algorithm', algorithm, '--', ...command);
			expect([wrongOf(run), run.status, run.results.length]).toEqual([[], 0, 51]);
		}
	);

	test('can be sent to a running service', async () => {
		const [port, issuerPort] = [await freePort(), await freePort()];
		process.env.ISSUER = `http://127.0.0.1:${issuerPort}`;
		const { verify } = (await import(`${kit}/node/verify.mjs`)) as {
			verify: (token: string) => Promise<{ sub: string }>;
		};
		const server = createServer((asked, answer) => {
			verify(asked.headers.authorization?.replace('Bearer ', '') ?? '').then(
				({ sub }) => answer.end(sub),
				() => answer.writeHead(401).end()
			);
		}).listen(port, '127.0.0.1');
		onTestFinished(() => void server.close());
		const run = await runVectors('--url', `http://127.0.0.1:${port}/`, '--port', String(issuerPort));
		expect([wrongOf(run), run.status]).toEqual([[], 0]);
	});

	test('can be sent to a service that starts later, and again while it caches the keys of the previous run', async () => {
		const [port, issuerPort] = [await freePort(), await freePort()];
		const issuer = `http://127.0.0.1:${issuerPort}`;
		const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer), { cooldownDuration: 0 });
		const rules = { issuer, audience: issuer, typ: 'at+jwt', requiredClaims: ['sub', 'exp'] };
		const server = createServer((asked, answer) => {
			jwtVerify(asked.headers.authorization?.replace('Bearer ', '') ?? '', keys, rules).then(
				() => answer.end(),
				() => answer.writeHead(401).end()
			);
		});
		const send = () =>
			runVectors(
				'--without-revocation-list',
				'--url',
				`http://127.0.0.1:${port}/`,
				'--port',
				String(issuerPort)
			);
		const first = send();
		setTimeout(() => server.listen(port, '127.0.0.1'), 1500);
		onTestFinished(() => void server.close());
		expect(wrongOf(await first)).toEqual([]);
		expect(wrongOf(await send())).toEqual([]);
	});

	test.for([
		['none', ['alg: none', 'alg: None', 'alg: nOnE, with a signature']],
		['confusion', ['HS256 with the public key (PEM, final newline) as the secret']],
		['typ', ['typ: JWT', 'no typ', 'the typ of the revocation list']],
		['iss', ['another issuer', 'our issuer with a trailing slash', 'no issuer']],
		['aud', ['another audience', 'an audience that starts with ours', 'no audience']],
		['exp', ['expired one second ago', 'expired one hour ago', 'no exp', 'exp is text']],
		['nbf', ['not valid yet (nbf)']],
		['sub', ['no sub']],
		['crit', ['with an unknown critical extension (crit)']],
		['jwk', ['with its own key (jwk)']],
		['jku', ['with the URL of its keys (jku)', 'URLs in a token are not fetched']],
		['list', ['of an ended session', 'issued before `since` of the list']],
		['nothing', []]
	] as [string, string[]][])('find the mistake of a verifier: %s', async ([mistake, found]) => {
		const naive = path.join(root, 'tests/support/service/naive-verifier.mjs');
		const { status, results } = await runVectors('--', process.execPath, naive, mistake);
		const names = results.filter(({ isRight }) => !isRight).map(({ name }) => name);
		expect([names, status]).toEqual([found, found.length > 0 ? 1 : 0]);
	});

	test('are not run by a program that ends immediately, and one line says so', async () => {
		const ends = runVectors('--', process.execPath, '-e', 'process.exit(3)');
		await expect(ends).rejects.toThrow(/^\S+ exited with status 3 before it answered\n$/);
	});

	test('count as wrong when a program does not answer them', async () => {
		const { status, results } = await runVectors('--', process.execPath, '-e', "console.log('ok')");
		expect([status, results.filter(({ isRight }) => isRight).length]).toEqual([1, 1]);
	});
});

test.for(cases)(
	'the example in %s accepts the tokens of the service and follows a rotation and a revocation, with %s',
	async ([, ALGORITHM, command]) => {
		const service = await startService({ env: { ALGORITHM } });
		onTestFinished(() => void service.stop());
		const { origin, port, dataDir, database } = service;
		const { sent, user } = await register(origin);
		const first = await accessToken(origin, sent);

		const rotated = await runCli(['keys', 'rotate', '--now'], {
			DATA_DIR: dataDir,
			ALGORITHM,
			...database.environment
		});
		expect([rotated.stderr, rotated.status]).toEqual(['', 0]);
		// As if the minute before the new key signs were over.
		await database.query('update signing_keys set activates_at = ? where activates_at > ?', [
			Date.now() - 1000,
			Date.now()
		]);
		await service.kill('SIGTERM');
		const successorOf = { dataDir, database };
		const successor = await startService({ env: { ALGORITHM, PORT: String(port) }, successorOf });
		onTestFinished(() => void successor.stop());
		const second = await accessToken(origin, sent);
		expect(readHeader(second).kid).not.toBe(readHeader(first).kid);

		const env = { ISSUER: origin, AUDIENCE: origin, ALGORITHM };
		const accepted = `ok ${String(user.id)}`;
		expect(await judge(command, env, [first, second])).toEqual([accepted, accepted]);

		await request(origin, { method: 'POST', path: '/revoke', form: { token: first } });
		// The service reads the list from the database every two seconds at most.
		const refused = ['no the session has ended', accepted];
		await expect.poll(() => judge(command, env, [first, second])).toEqual(refused);
	}
);
