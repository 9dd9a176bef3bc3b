import { createHash } from 'node:crypto';
import { isWeakerThanConfigured } from '../crypto/password-hash.ts';
import { unusableHash } from '../crypto/stored-hash.ts';
import type { Db } from '../db/tables.ts';
import { inTransaction } from '../db/transact.ts';
import type { Fields } from '../fields.ts';
import { type ReadRow, readUserRow, type RowFault, type RowOptions, type RowWarning } from './import-row.ts';
import { deleteUnverifiedUser, type EmailHolder, findEmailHolders } from './store-import.ts';
import { insertUser, insertUsers } from './store.ts';

const batchSize = 500;

/**
 * Why a row was not imported. A `duplicate` has the same address as an earlier row, perhaps in another spelling. The
 * address of a `registered` row belongs to an account that no import made and whose owner never verified the address.
 */
export type NotTaken = RowFault | 'duplicate' | 'already_there' | 'registered';

export interface ImportCounts {
	read: number;
	taken: number;
	/** How many of the taken replaced an unverified account. */
	replaced: number;
	/** How many of the taken have no password until they reset it. */
	withoutPassword: number;
	notTaken: Partial<Record<NotTaken, number>>;
	warnings: Partial<Record<RowWarning, number>>;
}

export interface ImportOptions extends RowOptions {
	/** Checks every row and changes nothing. */
	isDryRun: boolean;
	/**
	 * Ends what belongs to an unverified account that a row replaces, in the transaction of the replacement. Without it, such
	 * accounts stay.
	 */
	eraseUnverified: ((transaction: Db, account: EmailHolder, now: Date) => Promise<void>) | undefined;
	/** Called for every row that was not imported, or not completely. `row` counts from 1; `email` is the cell. */
	onRemark(row: number, email: unknown, why: NotTaken | RowWarning): void;
	/** Called after each batch. */
	onProgress(counts: ImportCounts): void;
}

interface Numbered extends ReadRow {
	row: number;
}

type Result = 'taken' | 'replaced' | 'already_there' | 'registered';

/**
 * Imports users from another system, including their password hashes. A batch is one statement, so an interrupted run
 * leaves only whole rows and can be started again: imported users are left unchanged.
 *
 * @param rows the columns of each row by name; undefined for a row that could not be read
 */
export async function importUsers(
	db: Db,
	rows: AsyncIterable<Fields | undefined>,
	options: ImportOptions
): Promise<ImportCounts> {
	const counts: ImportCounts = {
		read: 0,
		taken: 0,
		replaced: 0,
		withoutPassword: 0,
		notTaken: {},
		warnings: {}
	};
	const seen = new Set<string>();
	let batch: Numbered[] = [];

	function leave(row: number, email: unknown, why: NotTaken): void {
		counts.notTaken[why] = (counts.notTaken[why] ?? 0) + 1;
		options.onRemark(row, email, why);
	}

	function countTaken({ row, user, warnings }: Numbered): void {
		counts.taken++;
		if (user.hashed_password === unusableHash) counts.withoutPassword++;
		for (const warning of warnings) {
			counts.warnings[warning] = (counts.warnings[warning] ?? 0) + 1;
			options.onRemark(row, user.email, warning);
		}
	}

	async function takeBatch(): Promise<void> {
		for (const [one, result] of await takeRows(db, batch, options)) {
			if (result === 'replaced') counts.replaced++;
			if (result === 'taken' || result === 'replaced') countTaken(one);
			else leave(one.row, one.user.email, result);
		}
		batch = [];
		options.onProgress(counts);
	}

	for await (const fields of rows) {
		const row = ++counts.read;
		const read = fields ? await readUserRow(fields, options) : 'unreadable';
		if (typeof read === 'string') leave(row, fields?.email, read);
		else if (!remember(seen, read.user.email)) leave(row, read.user.email, 'duplicate');
		else batch.push({ row, ...read });
		if (batch.length === batchSize) await takeBatch();
	}
	if (batch.length > 0) await takeBatch();
	return counts;
}

async function takeRows(
	db: Db,
	batch: Numbered[],
	{ isDryRun, eraseUnverified, now }: ImportOptions
): Promise<Map<Numbered, Result>> {
	const emails = batch.map(({ user }) => user.email);
	const holders = await findEmailHolders(db, emails);
	const fresh = batch.filter(({ user }) => !holders.has(user.email));
	const late = isDryRun ? [] : await insertFresh(db, fresh);
	const results = new Map<Numbered, Result>();
	for (const one of batch) {
		const holder = holders.get(one.user.email);
		if (!holder) results.set(one, late.includes(one) ? 'registered' : 'taken');
		else if (!isRegisteredUnverified(holder)) results.set(one, 'already_there');
		else if (!eraseUnverified) results.set(one, 'registered');
		else if (isDryRun) results.set(one, 'replaced');
		else results.set(one, await replace(db, { one, holder, erase: eraseUnverified }, now));
	}
	return results;
}

/** A hash of another system came with an import, also with one of a version that did not record its time. */
function isRegisteredUnverified({ email_verified_at, imported_at, hashed_password }: EmailHolder): boolean {
	return email_verified_at === null && imported_at === null && !isWeakerThanConfigured(hashed_password);
}

async function replace(
	db: Db,
	{
		one,
		holder,
		erase
	}: { one: Numbered; holder: EmailHolder; erase: NonNullable<ImportOptions['eraseUnverified']> },
	now: Date
): Promise<Result> {
	return inTransaction(db, async (transaction) => {
		// False when the owner has verified the address since it was read.
		if (!(await deleteUnverifiedUser(transaction, holder.id))) return 'already_there';
		await erase(transaction, holder, now);
		if (!(await insertUser(transaction, one.user))) throw new Error('A deleted user still has its address');
		return 'replaced';
	});
}

/** @returns the rows whose address was registered in the meantime */
async function insertFresh(db: Db, fresh: Numbered[]): Promise<Numbered[]> {
	if (fresh.length === 0) return [];
	const users = fresh.map(({ user }) => user);
	if (await insertUsers(db, users)) return [];
	const late: Numbered[] = [];
	for (const one of fresh) if (!(await insertUser(db, one.user))) late.push(one);
	return late;
}

/**
 * Remembers nine bytes of the hash of each address, so that a million addresses need little memory. Two different
 * addresses collide once in ten billion such imports.
 *
 * @returns false if the address was remembered before
 */
function remember(seen: Set<string>, email: string): boolean {
	const fingerprint = createHash('sha256').update(email).digest('base64url').slice(0, 12);
	if (seen.has(fingerprint)) return false;
	seen.add(fingerprint);
	return true;
}
