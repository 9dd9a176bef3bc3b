// Tokens on standard input, one a line; a verdict for each on standard output: for the conformance pack.
import { createInterface } from 'node:readline';
import { verify } from './verify.mjs';

for await (const token of createInterface({ input: process.stdin })) {
	const verdict = await verify(token).then(
		({ sub }) => `ok ${sub}`,
		(error) => `no ${error.message}`
	);
	console.log(verdict.replaceAll('\n', ' '));
}
