// Runs the vectors against a verifier: a program that reads tokens from standard input, or a service that gets them in
// `Authorization: Bearer`. Exits with status 1 if the verifier accepts a forged token or refuses a valid one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startIssuer } from './issuer.mjs';
import { makeVectors } from './vectors.mjs';

const usage = `usage: node run.mjs [options] -- PROGRAM [ARGUMENT…]
       node run.mjs [options] --url URL --port PORT

  --algorithm ES256|EdDSA|RS256   signature algorithm; default ES256
  --audience TEXT                 audience of the tokens; default: the issuer
  --leeway SECONDS                clock difference that the verifier tolerates; default 0
  --without-revocation-list       the verifier does not read /.well-known/revoked.json
  --port PORT                     port of the issuer on 127.0.0.1; default: any
  --json                          print the results as JSON

PROGRAM gets ISSUER, AUDIENCE and ALGORITHM in its environment. With --url, start the service with
ISSUER=http://127.0.0.1:PORT, before this program or within 35 seconds. URL must require a token.`;

const { values, positionals } = readArguments();
const issuer = await startIssuer({ algorithm: values.algorithm, port: Number(values.port ?? 0) });
try {
	const audience = values.audience ?? issuer.issuer;
	const make = () => makeVectors(issuer, { audience, leeway: Number(values.leeway) });
	if (values.url) await waitFor(values.url, (await make())[0].token);
	// Made after the wait, because some tokens expire soon.
	const vectors = (await make()).filter(
		({ needsRevocationList }) => !(needsRevocationList && values['without-revocation-list'])
	);
	const env = { ISSUER: issuer.issuer, AUDIENCE: audience, ALGORITHM: values.algorithm };
	const verdicts = values.url
		? await askService(values.url, vectors)
		: await runProgram(positionals, env, vectors);
	report(vectors, verdicts, issuer.lured);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
} finally {
	issuer.stop();
}

function readArguments() {
	const options = {
		algorithm: { type: 'string', default: 'ES256' },
		audience: { type: 'string' },
		leeway: { type: 'string', default: '0' },
		'without-revocation-list': { type: 'boolean', default: false },
		port: { type: 'string' },
		url: { type: 'string' },
		json: { type: 'boolean', default: false }
	};
	try {
		const parsed = parseArgs({ options, allowPositionals: true });
		const { url, port, algorithm, leeway } = parsed.values;
		if (!['ES256', 'EdDSA', 'RS256'].includes(algorithm))
			throw new Error(`--algorithm ${algorithm} is unknown`);
		if (!/^\d+$/.test(leeway)) throw new Error(`--leeway ${leeway} is not a number of seconds`);
		if (url ? !port : parsed.positionals.length === 0)
			throw new Error('PROGRAM, or --url with --port, is missing');
		return parsed;
	} catch (error) {
		console.error(`${error.message}\n\n${usage}`);
		process.exit(2);
	}
}

/** @returns `{ isAccepted, isRefused, note }` for each vector */
async function runProgram([program, ...args], env, vectors) {
	const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = once(child, 'close');
	// A program that exits early shows up by its missing verdicts.
	child.stdin.on('error', () => {});
	child.stdin.end(vectors.map(({ token }) => `${token}\n`).join(''));
	const verdicts = [];
	for await (const line of createInterface({ input: child.stdout })) {
		verdicts.push({ isAccepted: line.startsWith('ok'), isRefused: line.startsWith('no'), note: line });
	}
	const [status] = await ended;
	if (verdicts.length === 0) throw new Error(`${program} exited with status ${status} before it answered`);
	return verdicts;
}

async function askService(url, vectors) {
	const verdicts = [];
	for (const { token } of vectors) verdicts.push(await ask(url, token));
	return verdicts;
}

/** Waits until the service is up and has this run's keys. Libraries pause for up to 30 seconds between two fetches. */
async function waitFor(url, validToken) {
	const end = Date.now() + 35_000;
	for (let said = false; ; said = true) {
		const { isAccepted = false, fault } = await ask(url, validToken).catch((error) => ({ fault: error }));
		if (isAccepted) return;
		if (Date.now() > end) {
			if (fault) throw new Error(`${url} does not answer: ${(fault.cause ?? fault).message}`);
			return;
		}
		if (!said) console.error(`waiting up to 35 seconds until ${url} accepts a valid token`);
		await wait(500);
	}
}

async function ask(url, token) {
	const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
	await answer.arrayBuffer();
	const { status } = answer;
	return { isAccepted: status >= 200 && status < 300, isRefused: status === 401, note: `status ${status}` };
}

function report(vectors, verdicts, lured) {
	const results = vectors.map(({ name, isValid }, index) => {
		const { isAccepted = false, isRefused = false, note = 'no verdict' } = verdicts[index] ?? {};
		const isRight = isValid ? isAccepted : isRefused;
		return { name, expected: isValid ? 'accepted' : 'refused', isRight, note };
	});
	if (lured.length > 0) {
		const note = `the verifier fetched ${lured.join(', ')}`;
		results.push({ name: 'URLs in a token are not fetched', expected: 'refused', isRight: false, note });
	}
	const wrong = results.filter(({ isRight }) => !isRight);
	if (values.json) console.log(JSON.stringify({ results, wrong: wrong.length }, null, '\t'));
	else {
		for (const { name, expected, isRight, note } of results) {
			console.log(`${isRight ? '✓' : '✗'} ${expected}: ${name}${isRight ? '' : ` (${note})`}`);
		}
		console.log(`${results.length - wrong.length} right, ${wrong.length} wrong`);
	}
	process.exitCode = wrong.length > 0 ? 1 : 0;
}
