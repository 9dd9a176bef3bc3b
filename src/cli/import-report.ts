import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { maskEmails } from '#lib/server/mask-emails.ts';
import type { ImportCounts, NotTaken } from '#lib/server/users/import.ts';
import type { RowWarning } from '#lib/server/users/import-row.ts';
import type { ImportArguments } from './import-arguments.ts';
import { SourceError } from './sources/source.ts';

const progressMs = 1_000;
const shownRows = 20;

const notTakenReasons = {
	already_there: 'a user with this email address already exists',
	registered:
		'an unverified account was registered with this email address: --replace-unverified replaces it',
	duplicate: 'an earlier row has the same email address',
	unreadable: 'the row cannot be read',
	email_invalid: 'the email address is missing or invalid'
} satisfies Record<NotTaken, string>;

const warnings = {
	name_invalid: 'a name was shortened to 100 characters, or control characters were removed',
	role_unknown: 'the role is neither user nor admin: imported as user',
	hash_missing: 'no password hash: imported without a password',
	hash_unrecognised: 'the format of the password hash is unknown: imported without a password',
	hash_too_costly: 'the password hash costs more than is allowed: imported without a password',
	created_at_unclear: 'the unit or time zone of created_at is unclear: the time of the import was taken',
	created_at_invalid: 'created_at is no time, or is in the future: the time of the import was taken'
} satisfies Record<RowWarning, string>;

const reasons = { ...notTakenReasons, ...warnings };

/** Reports an import: progress on stderr, the result on stdout. Email addresses are masked, hashes never shown. */
export class ImportReport {
	readonly #isDryRun: boolean;
	readonly #file: WriteStream | undefined;
	readonly #shown: string[] = [];
	#listed = 0;
	#shownAt = Date.now();

	constructor({ isDryRun, reportFile }: Pick<ImportArguments, 'isDryRun' | 'reportFile'>) {
		this.#isDryRun = isDryRun;
		if (reportFile !== undefined) this.#file = openReport(reportFile);
	}

	add(row: number, email: unknown, why: NotTaken | RowWarning): void {
		const masked = maskAddress(email);
		const isImported = why in warnings;
		const line = { row, email: masked, imported: isImported, reason: why, detail: reasons[why] };
		this.#file?.write(`${JSON.stringify(line)}\n`);
		if (why === 'already_there' || isImported) return;
		if (++this.#listed <= shownRows) this.#shown.push(`  row ${row}  ${masked}  ${reasons[why]}`);
	}

	showProgress(counts: ImportCounts): void {
		if (Date.now() - this.#shownAt < progressMs) return;
		this.#shownAt = Date.now();
		console.error(`${counts.read} rows read …`);
	}

	async finish({
		read,
		taken,
		replaced,
		withoutPassword,
		notTaken,
		warnings: warned
	}: ImportCounts): Promise<void> {
		const there = notTaken.already_there ?? 0;
		const skipped = read - taken - there;
		console.log(
			`${read} rows: ${taken} ${this.#isDryRun ? 'would be ' : ''}imported, ${there} already existed, ${skipped} skipped`
		);
		for (const [why, count] of Object.entries(notTaken)) {
			if (why !== 'already_there') console.log(`  ${count} × ${reasons[why as NotTaken]}`);
		}
		if (replaced > 0) console.log(`${replaced} of the imported replace unverified accounts`);
		if (withoutPassword > 0) {
			console.log(
				`${withoutPassword} of the imported have no password: "Forgot your password?" sends them a link to set one`
			);
		}
		if (Object.keys(warned).length > 0) console.log('Imported, but not completely:');
		for (const [why, count] of Object.entries(warned)) {
			console.log(`  ${count} × ${reasons[why as RowWarning]}`);
		}
		await this.stop();
	}

	/** Prints the skipped rows so far, also for an import that fails. */
	async stop(): Promise<void> {
		if (this.#shown.length > 0) console.log(['Skipped:', ...this.#shown].join('\n'));
		const more = this.#listed - this.#shown.length;
		if (more > 0) console.log(`  and ${more} more${this.#file ? '' : ': --report <file> lists them all'}`);
		if (!this.#file) return;
		this.#file.end();
		await finished(this.#file);
	}
}

/** Never overwrites an existing file. */
function openReport(path: string): WriteStream {
	try {
		return createWriteStream(path, { fd: openSync(path, 'wx', 0o600) });
	} catch (error) {
		throw new SourceError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code})`);
	}
}

/** Shows only the first character of a value that is not an address, because the column may contain anything. */
function maskAddress(email: unknown): string {
	if (typeof email !== 'string' || email === '') return '(none)';
	const masked = maskEmails(email.trim());
	const isAddress = /^\S\*\*\*@[^\s\p{C}]{1,253}$/u.test(masked);
	return isAddress ? masked : `${[...email.trim()][0]?.replace(/\p{C}/u, '?') ?? ''}***`;
}
