import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Credentials } from '../support/fuzz/headers.ts';
import { anyRequest, type FuzzRequest } from '../support/fuzz/requests.ts';
import { routePaths } from '../support/fuzz/targets.ts';
import { request } from '../support/http/http.ts';
import '../support/fuzz/properties.ts';
import { exchange, type RawAnswer } from '../support/http/raw-http.ts';
import { useService } from '../support/service/use-service.ts';
import { accessToken, newUser } from '../support/people/users.ts';
import { newVisitor } from '../support/people/visitor.ts';

// FUZZ_SECONDS searches longer. FUZZ_SEED and FUZZ_PATH, which a failure prints, repeat it.
const seconds = Number(process.env.FUZZ_SECONDS ?? 12);
const replay = process.env.FUZZ_SEED
	? { seed: Number(process.env.FUZZ_SEED), path: process.env.FUZZ_PATH ?? '' }
	: {};

const maxWaitMs = 5_000;
/** After this time without an answer, the service counts as waiting for the rest of a request. */
const incompleteMs = 250;
const internals =
	/^\s+at \S|\bat \S+ \(|node_modules|\bbuild\/|\.[jt]s:\d|SQLITE|\bER_[A-Z]+|kysely|sqlstate|\bselect .+ from\b|\binsert into\b|user-management\.db/im;

const service = useService({ engine: 'sqlite', env: { RATE_LIMITS: 'off', LOG_LEVEL: 'warn' } });
let credentials: Credentials;
let seen = 0;
let hasEnded = false;

beforeAll(async () => {
	void service.exited.then(() => (hasEnded = true));
	const user = newUser();
	const visitor = newVisitor(service.origin);
	await visitor.post('/register', { ...user });
	const token = await accessToken(service.origin, user);
	credentials = { user, session: visitor.cookies.get('session') ?? '', token };
	seen = service.output().length;
});

/** @returns a sentence that says what is wrong with an answer; undefined if it is correct */
function findFault({ status, headers, body }: RawAnswer): string | undefined {
	const type = headers.get('content-type') ?? '';
	if (status === 0) return 'it is not HTTP';
	if (status >= 500) return `its status is ${status}`;
	if (!/^[\w-]{8,64}$/.test(headers.get('x-request-id') ?? '')) return 'it has no X-Request-Id';
	if (headers.get('x-content-type-options') !== 'nosniff') return 'it has no X-Content-Type-Options';
	if (headers.has('x-injected')) return 'a header came from the request';
	if (/^text\/html/.test(type) && !headers.has('content-security-policy')) return 'it has no policy';
	if (internals.test(body)) return 'it shows internal details';
	if (body.includes(credentials.user.password)) return 'it shows the password';
	const isPlain = !headers.has('content-encoding');
	if (isPlain && /json/.test(type) && body !== '' && !isJson(body)) return 'it is not JSON';
	const location = headers.get('location');
	if (location !== undefined && !/^(\/(?![/\\])|http:\/\/localhost)/.test(location))
		return 'it leads elsewhere';
	return undefined;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

async function expectSoundAnswer(sent: FuzzRequest): Promise<void> {
	const { bytes, pieces, mayBeIncomplete, mayLoseAnswer, isHead } = sent;
	const options = { pieces, isHead, maxWaitMs: mayBeIncomplete ? incompleteMs : maxWaitMs };
	const { answers, isClosed } = await exchange(service.port, bytes, options);
	for (const answer of answers) {
		const fault = findFault(answer);
		if (fault)
			throw new Error(`${fault}: ${JSON.stringify([...answer.headers])}\n${answer.body.slice(0, 2000)}`);
	}
	if (!mayBeIncomplete && !isClosed)
		throw new Error(`no end within ${maxWaitMs} ms, ${answers.length} answers`);
	if (!mayBeIncomplete && !mayLoseAnswer && answers.length === 0) throw new Error('closed without an answer');
}

/** Shortens long runs of one character. */
const shorten = (text: string) =>
	text.replaceAll(/(.)\1{60,}/g, (run, character: string) => `${character}…(${run.length} times)`);

/** @returns what the service logged since the last call that is an error or not JSON */
function takeNewFaults(): string[] {
	const lines = service.output().slice(seen).split('\n');
	seen = service.output().length - (lines.at(-1)?.length ?? 0);
	return lines
		.slice(0, -1)
		.filter((line) => /"level":"?(error|fatal|50|60)/.test(line) || !line.startsWith('{'));
}

test('the requests are sent to every route', () => {
	expect(routePaths).toEqual(expect.arrayContaining(['/', '/register', '/account', '/problems/not-found']));
});

test(
	'no request causes a server error, hangs, or gets internal details in its answer',
	async () => {
		const batch = fc.array(anyRequest(credentials), { minLength: 1, maxLength: 6 });
		const started = performance.now();
		const report = await fc.check(
			fc.asyncProperty(batch, async (requests) => {
				// The input that ended the service stays the counterexample: without a service every input would fail.
				fc.pre(!hasEnded);
				await Promise.all(requests.map(expectSoundAnswer));
				expect(takeNewFaults()).toEqual([]);
			}),
			{ numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000, ...replay }
		);
		if (report.failed) {
			throw new Error(
				`FUZZ_SEED=${report.seed} FUZZ_PATH=${report.counterexamplePath} repeats it: ${shorten(fc.stringify(report.counterexample))}`,
				{ cause: report.errorInstance }
			);
		}
		console.log(`${report.numRuns} batches of requests in ${Math.round(performance.now() - started)} ms`);
		expect(report.numRuns).toBeGreaterThan(seconds);
	},
	(seconds + 60) * 1000
);

test('the service still answers after the fuzzing', async () => {
	await pause(100);
	expect(takeNewFaults()).toEqual([]);
	expect((await request(service.origin, { path: '/readyz' })).status).toBe(200);
	await expect(accessToken(service.origin, credentials.user)).resolves.toMatch(/\./);
});
