import { maxRowCharacters, SourceError, type SourceRow } from './source.ts';
import type { SourceText } from './text.ts';

/** One JSON object a line. Blank lines are ignored. */
export async function* readJsonLines({ name, chunks }: SourceText): AsyncGenerator<SourceRow> {
	let rest = '';
	for await (const text of chunks) {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) yield* parseLine(line);
		if (rest.length > maxRowCharacters)
			throw new SourceError(`${name} is not JSON lines: a line is too long`);
	}
	yield* parseLine(rest);
}

function* parseLine(line: string): Generator<SourceRow> {
	if (line.trim() === '') return;
	try {
		const value: unknown = JSON.parse(line);
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		yield isObject ? (value as SourceRow) : undefined;
	} catch {
		yield undefined;
	}
}
