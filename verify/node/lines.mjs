// Reads one token per line from standard input and writes one verdict per line, for the conformance pack.
import { createInterface } from 'node:readline';
import { verify } from './verify.mjs';

for await (const token of createInterface({ input: process.stdin })) {
	const verdict = await verify(token).then(
		({ sub }) => `ok ${sub}`,
		(error) => `no ${error.message}`
	);
	console.log(verdict.replaceAll('\n', ' '));
}
