// Runs the vectors against a verifier: a program that reads tokens from its standard input, or a service that is asked with
// `Authorization: Bearer`. Ends with status 1 when it takes what it must refuse, or the other way round.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startIssuer } from './issuer.mjs';
import { makeVectors } from './vectors.mjs';

const usage = `usage: node run.mjs [options] -- PROGRAM [ARGUMENT…]
       node run.mjs [options] --url URL --port PORT

  --algorithm ES256|EdDSA|RS256   default ES256
  --audience TEXT                 default: the issuer
  --leeway SECONDS                that the verifier grants to clocks, default 0
  --without-feed                  the verifier does not read /.well-known/revoked.json
  --port PORT                     where the issuer listens, 127.0.0.1; default: any
  --json                          the results for programs

PROGRAM gets ISSUER, AUDIENCE and ALGORITHM in its environment. With --url, start the service with
ISSUER=http://127.0.0.1:PORT, before this or within 35 seconds; URL is an address of it that needs a token.`;

const { values, positionals } = readArguments();
const issuer = await startIssuer({ algorithm: values.algorithm, port: Number(values.port ?? 0) });
try {
	const audience = values.audience ?? issuer.issuer;
	const make = () => makeVectors(issuer, { audience, leeway: Number(values.leeway) });
	if (values.url) await waitFor(values.url, (await make())[0].token);
	// Made after the wait, because some expire soon.
	const vectors = (await make()).filter(({ needsFeed }) => !(needsFeed && values['without-feed']));
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
		'without-feed': { type: 'boolean', default: false },
		port: { type: 'string' },
		url: { type: 'string' },
		json: { type: 'boolean', default: false }
	};
	try {
		const parsed = parseArgs({ options, allowPositionals: true });
		const { url, port, algorithm, leeway } = parsed.values;
		if (!['ES256', 'EdDSA', 'RS256'].includes(algorithm))
			throw new Error(`--algorithm ${algorithm} is not known`);
		if (!/^\d+$/.test(leeway)) throw new Error(`--leeway ${leeway} is no number of seconds`);
		if (url ? !port : parsed.positionals.length === 0)
			throw new Error('a PROGRAM, or --url with --port, is needed');
		return parsed;
	} catch (error) {
		console.error(`${error.message}\n\n${usage}`);
		process.exit(2);
	}
}

/** @returns for each vector `{ isTaken, note }` */
async function runProgram([program, ...args], env, vectors) {
	const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
	const ended = once(child, 'close');
	// A program that ends early is seen by its missing verdicts.
	child.stdin.on('error', () => {});
	child.stdin.end(vectors.map(({ token }) => `${token}\n`).join(''));
	const verdicts = [];
	for await (const line of createInterface({ input: child.stdout })) {
		verdicts.push({ isTaken: line.startsWith('ok'), isRefused: line.startsWith('no'), note: line });
	}
	const [status] = await ended;
	if (verdicts.length === 0) throw new Error(`${program} ended with status ${status} before it answered`);
	return verdicts;
}

async function askService(url, vectors) {
	const verdicts = [];
	for (const { token } of vectors) verdicts.push(await ask(url, token));
	return verdicts;
}

/** Until the service is up and has fetched the keys of this run: libraries that just did wait 30 seconds before they do again. */
async function waitFor(url, goodToken) {
	const end = Date.now() + 35_000;
	for (let said = false; ; said = true) {
		const { isTaken = false, fault } = await ask(url, goodToken).catch((error) => ({ fault: error }));
		if (isTaken) return;
		if (Date.now() > end) {
			if (fault) throw new Error(`${url} does not answer: ${(fault.cause ?? fault).message}`);
			return;
		}
		if (!said) console.error(`waiting up to 35 seconds until ${url} takes a good token`);
		await wait(500);
	}
}

async function ask(url, token) {
	const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });
	await answer.arrayBuffer();
	const { status } = answer;
	return { isTaken: status >= 200 && status < 300, isRefused: status === 401, note: `status ${status}` };
}

function report(vectors, verdicts, lured) {
	const results = vectors.map(({ name, isGood }, index) => {
		const { isTaken = false, isRefused = false, note = 'no verdict' } = verdicts[index] ?? {};
		return { name, expected: isGood ? 'taken' : 'refused', isRight: isGood ? isTaken : isRefused, note };
	});
	if (lured.length > 0) {
		const note = `it fetched ${lured.join(', ')}`;
		results.push({ name: 'addresses in a token are not asked', expected: 'refused', isRight: false, note });
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
