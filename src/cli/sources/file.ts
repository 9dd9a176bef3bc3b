import { readCsv } from './csv.ts';
import { readJsonLines } from './json-lines.ts';
import type { SourceRow } from './source.ts';
import { openText, readFirstLine, standardInput } from './text.ts';

/** Reads a `.csv` or `.jsonl` file. Standard input is JSON lines when it begins with an object. */
export async function* readFile(path: string): AsyncGenerator<SourceRow> {
	const source = openText(path);
	if (path !== standardInput) return yield* path.endsWith('.csv') ? readCsv(source) : readJsonLines(source);
	const { line, text } = await readFirstLine(source);
	yield* line.trimStart().startsWith('{') ? readJsonLines(text) : readCsv(text);
}
