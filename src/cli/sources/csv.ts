import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { columns, maxRowCharacters, requiredColumns, SourceError, type SourceRow } from './source.ts';
import { readFirstLine, type SourceText } from './text.ts';

const separators = [',', ';', '\t', '|'];

/**
 * RFC 4180 with a header line, also with another separator, as spreadsheets write it. Columns are found by name; unknown
 * ones are ignored.
 */
export async function* readCsv(source: SourceText): AsyncGenerator<SourceRow> {
	const { name } = source;
	const { line, text } = await readFirstLine(source);
	const [, hint] = /^"?sep=(.)"?$/i.exec(line) ?? [];
	const parser = parse({
		delimiter: hint ?? findSeparator(line),
		from_line: hint === undefined ? 1 : 2,
		skip_empty_lines: true,
		// A row with too many or too few cells is skipped and does not end the import.
		relax_column_count: true,
		max_record_size: maxRowCharacters
	});
	const stream = Readable.from(text.chunks);
	stream.on('error', (error) => parser.destroy(error));
	let header: string[] | undefined;
	try {
		for await (const cells of stream.pipe(parser) as AsyncIterable<string[]>) {
			if (header) yield nameCells(header, cells);
			else header = readHeader(name, cells);
		}
	} catch (error) {
		if (error instanceof CsvError) throw new SourceError(`${name} is not CSV: ${error.message}`);
		throw error;
	}
	if (!header) throw new SourceError(`${name} is empty`);
}

/** The separator with which the header has the most known columns. */
function findSeparator(header: string): string {
	const countColumns = (separator: string) =>
		header
			.split(separator)
			.map((cell) => nameColumn(cell.trim().replace(/^"(.*)"$/, '$1')))
			.filter((name) => columns.includes(name)).length;
	const [best = ','] = separators.toSorted((a, b) => countColumns(b) - countColumns(a));
	return best;
}

function nameColumn(cell: string): string {
	return cell.trim().toLowerCase();
}

function readHeader(source: string, cells: string[]): string[] {
	const header = cells.map(nameColumn);
	const missing = requiredColumns.filter((column) => !header.includes(column));
	if (missing.length > 0) {
		throw new SourceError(`${source}: the first line lacks the columns ${missing.join(', ')}`);
	}
	const doubled = columns.filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
	if (doubled.length === 0) return header;
	throw new SourceError(`${source}: the first line has the columns ${doubled.join(', ')} more than once`);
}

function nameCells(header: string[], cells: string[]): SourceRow {
	if (cells.length !== header.length) return undefined;
	const entries = header.map((name, index) => [name, readCell(cells[index] ?? '')] as const);
	return Object.fromEntries(entries.filter(([name]) => columns.includes(name)));
}

/** Databases export a missing value as `NULL`, or as `\N`. */
function readCell(cell: string): string | null {
	return cell === 'NULL' || cell === String.raw`\N` ? null : cell;
}
