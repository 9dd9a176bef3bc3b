import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { maskEmails } from '#lib/server/mask-emails.ts';
import type { ImportCounts, NotTaken } from '#lib/server/users/import.ts';
import type { ImportArguments } from './import-arguments.ts';
import { SourceError } from './sources/source.ts';

const progressMs = 1_000;
const shownRows = 20;

const reasons = {
	already_there: 'a user with this email address already exists',
	duplicate: 'an earlier row has the same email address',
	unreadable: 'the row cannot be read',
	email_invalid: 'the email address is missing or invalid',
	name_invalid: 'a name is longer than 100 characters or contains control characters',
	role_unknown: 'the role is neither user nor admin',
	hash_missing: 'the password hash is missing',
	hash_unrecognised: 'the format of the password hash is unknown',
	hash_too_costly: 'the password hash costs more than is allowed',
	created_at_invalid: 'created_at is neither epoch milliseconds nor RFC 3339, or is in the future'
} satisfies Record<NotTaken, string>;

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

	add(row: number, email: unknown, why: NotTaken): void {
		const masked = maskAddress(email);
		this.#file?.write(`${JSON.stringify({ row, email: masked, reason: why, detail: reasons[why] })}\n`);
		if (why === 'already_there') return;
		if (++this.#listed <= shownRows) this.#shown.push(`  row ${row}  ${masked}  ${reasons[why]}`);
	}

	showProgress(counts: ImportCounts): void {
		if (Date.now() - this.#shownAt < progressMs) return;
		this.#shownAt = Date.now();
		console.error(`${counts.read} rows read …`);
	}

	async finish({ read, taken, notTaken }: ImportCounts): Promise<void> {
		const there = notTaken.already_there ?? 0;
		const skipped = read - taken - there;
		console.log(
			`${read} rows: ${taken} ${this.#isDryRun ? 'would be ' : ''}imported, ${there} already existed, ${skipped} skipped`
		);
		for (const [why, count] of Object.entries(notTaken)) {
			if (why !== 'already_there') console.log(`  ${count} × ${reasons[why as NotTaken]}`);
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
