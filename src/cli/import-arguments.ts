import { parseArgs } from 'node:util';
import { standardInput } from './sources/text.ts';

export interface ImportArguments {
	/** A MySQL server, the path of a `.csv` or `.jsonl` file, or `-` for standard input. */
	from: URL | string;
	table: string;
	isDryRun: boolean;
	/** Whether times without a time zone are UTC. */
	isUtc: boolean;
	/** Whether rows replace unverified accounts with the same address. */
	replacesUnverified: boolean;
	/** The file for rows that were not imported. */
	reportFile: string | undefined;
}

export const importUsage = `usage: npm run users -- import --from <source> [options]

  --from     mysql://user@host:3306/database (the password from IMPORT_PASSWORD or IMPORT_PASSWORD_FILE),
             a .csv file with a header line, a .jsonl file with an object on each line,
             or - for either of them on standard input
  --table    the table on the MySQL server; users if not given
  --utc      takes a created_at without a time zone as UTC; otherwise it is not imported
  --replace-unverified
             replaces accounts that were registered here with an address of the import and never verified it;
             their sessions, tokens and links end
  --dry-run  checks every row without changing anything
  --report   writes each row that was not imported, or not completely, as JSON lines to a new file

  columns    email, hashed_password; optional: first_name, last_name, role, created_at

A user whose password hash cannot be verified is imported without a password, and resets it by email.`;

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
		return `--from must be mysql://…/database, a .csv or .jsonl file, or -, not "${hidePassword(values.from)}".`;
	return {
		from,
		table: values.table,
		isDryRun: values['dry-run'],
		isUtc: values.utc,
		replacesUnverified: values['replace-unverified'],
		reportFile: values.report
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				from: { type: 'string' },
				table: { type: 'string', default: 'users' },
				utc: { type: 'boolean', default: false },
				'replace-unverified': { type: 'boolean', default: false },
				'dry-run': { type: 'boolean', default: false },
				report: { type: 'string' }
			}
		});
	} catch (error) {
		return (error as Error).message;
	}
}

function readSource(text: string): URL | string | undefined {
	if (text === standardInput) return text;
	if (/\.(csv|jsonl)$/.test(text) && !text.includes('://')) return text;
	if (!/^mysql:\/\//.test(text) || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.hostname && /^\/[^/]+$/.test(url.pathname) ? url : undefined;
}

function hidePassword(text: string): string {
	return text.replace(/(:\/\/[^/]*?):.*@/, '$1:…@');
}
