import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { columns, maxRowCharacters, requiredColumns, SourceError, type SourceRow } from './source.ts';
import { readText } from './text.ts';

/** RFC 4180 with a header line. Columns are found by name; unknown ones are ignored. */
export async function* readCsv(path: string): AsyncGenerator<SourceRow> {
	const parser = parse({
		skip_empty_lines: true,
		// A row with too many or too few cells is skipped and does not end the import.
		relax_column_count: true,
		max_record_size: maxRowCharacters
	});
	const text = Readable.from(readText(path));
	text.on('error', (error) => parser.destroy(error));
	let header: string[] | undefined;
	try {
		for await (const cells of text.pipe(parser) as AsyncIterable<string[]>) {
			if (header) yield nameCells(header, cells);
			else header = readHeader(path, cells);
		}
	} catch (error) {
		if (error instanceof CsvError) throw new SourceError(`${path} is not CSV: ${error.message}`);
		throw error;
	}
	if (!header) throw new SourceError(`${path} is empty`);
}

function readHeader(path: string, cells: string[]): string[] {
	const header = cells.map((cell) => cell.trim().toLowerCase());
	const missing = requiredColumns.filter((column) => !header.includes(column));
	if (missing.length === 0) return header;
	throw new SourceError(`${path}: the first line lacks the columns ${missing.join(', ')}`);
}

function nameCells(header: string[], cells: string[]): SourceRow {
	if (cells.length !== header.length) return undefined;
	const entries = header.map((name, index) => [name, cells[index]] as const);
	return Object.fromEntries(entries.filter(([name]) => columns.includes(name)));
}
