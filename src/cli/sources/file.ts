import { readCsv } from './csv.ts';
import { readJsonLines } from './json-lines.ts';
import type { SourceRow } from './source.ts';
import { openText, readFirstLine, standardInput } from './text.ts';

/** Reads a `.csv` or `.jsonl` file. Standard input is JSON lines when it begins with an object. */
export function readFile(path: string): AsyncGenerator<SourceRow> {
	if (path === standardInput) return readStandardInput();
	const source = openText(path);
	return path.endsWith('.csv') ? readCsv(source) : readJsonLines(source);
}

async function* readStandardInput(): AsyncGenerator<SourceRow> {
	try {
		const { line, text } = await readFirstLine(openText(standardInput));
		yield* line.trimStart().startsWith('{') ? readJsonLines(text) : readCsv(text);
	} finally {
		// An input that is still open would keep the process alive after an error.
		process.stdin.destroy();
	}
}
