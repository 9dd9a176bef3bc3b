import { existsSync } from 'node:fs';
import { type BenchOptions, parseOptions, usage } from './bench/options.ts';
import { runBench } from './bench/run.ts';
import { formatRows } from './bench/table.ts';

// docs/performance.md says what it measures. TEST_ENGINE=mysql with TEST_MYSQL_URL names a server, else it is SQLite.

function readOptions(): BenchOptions {
	try {
		return parseOptions(process.argv.slice(2));
	} catch (error) {
		return endWith(`${(error as Error).message.split('\n', 1)[0]} (${usage})`, 2);
	}
}

function endWith(line: string, status: number): never {
	process.stderr.write(`${line}\n`);
	process.exit(status);
}

const options = readOptions();
if (!existsSync('build/server.js')) endWith('there is no build: npm run build', 1);
const { facts, rows } = await runBench(options, (text) => void process.stderr.write(`${text}\n`)).catch(
	(error: Error) => endWith(error.message, 1)
);
if (options.json) console.log(JSON.stringify({ ...facts, rows }, null, '\t'));
else {
	const lines = Object.entries(facts).map(([name, fact]) => `${name}: ${fact}`);
	console.log([...lines, '', formatRows(rows)].join('\n'));
}
