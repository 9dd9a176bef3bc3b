import { parseArgs } from 'node:util';

export interface ImportArguments {
	/** A MySQL server, or the path of a `.csv` or `.jsonl` file. */
	from: URL | string;
	table: string;
	isDryRun: boolean;
	/** The file for rows that were not imported. */
	reportFile: string | undefined;
}

export const importUsage = `usage: npm run users -- import --from <source> [--table users] [--dry-run] [--report <file>]

  --from     mysql://user@host:3306/database (the password from IMPORT_PASSWORD or IMPORT_PASSWORD_FILE),
             a .csv file with a header line, or a .jsonl file with an object on each line
  --table    the table on the MySQL server
  --dry-run  checks every row without changing anything
  --report   writes each row that was not imported, with the reason, as JSON lines to a new file

  columns    email, hashed_password; optional: first_name, last_name, role, created_at`;

/** @returns a sentence that says what is wrong, which is empty when there are no arguments */
export function readImportArguments(args: string[]): ImportArguments | string {
	if (args.length === 0) return '';
	const parsed = parse(args);
	if (typeof parsed === 'string') return parsed;
	const { values, positionals } = parsed;
	if (positionals.join() !== 'import') return `There is no command "users ${positionals.join(' ')}".`;
	if (!values.from) return '--from is missing.';
	const from = readSource(values.from);
	if (!from)
		return `--from must be mysql://…/database, a .csv or a .jsonl file, not "${hidePassword(values.from)}".`;
	return { from, table: values.table, isDryRun: values['dry-run'], reportFile: values.report };
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				from: { type: 'string' },
				table: { type: 'string', default: 'users' },
				'dry-run': { type: 'boolean', default: false },
				report: { type: 'string' }
			}
		});
	} catch (error) {
		return (error as Error).message;
	}
}

function readSource(text: string): URL | string | undefined {
	if (/\.(csv|jsonl)$/.test(text) && !text.includes('://')) return text;
	if (!/^mysql:\/\//.test(text) || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.hostname && /^\/[^/]+$/.test(url.pathname) ? url : undefined;
}

function hidePassword(text: string): string {
	return text.replace(/(:\/\/[^/]*?):.*@/, '$1:…@');
}
