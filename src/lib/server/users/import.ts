import { createHash } from 'node:crypto';
import type { Db } from '../db/tables.ts';
import type { Fields } from '../fields.ts';
import { readUserRow, type RowFault } from './import-row.ts';
import { findTakenEmails, insertUser, insertUsers, type NewUser } from './store.ts';

const batchSize = 500;

/** Why a row was not imported. A `duplicate` has the same address as an earlier row, perhaps in another spelling. */
export type NotTaken = RowFault | 'duplicate' | 'already_there';

export interface ImportCounts {
	read: number;
	taken: number;
	notTaken: Partial<Record<NotTaken, number>>;
}

export interface ImportOptions {
	/** Checks every row and changes nothing. */
	isDryRun: boolean;
	/** Called for every row that was not imported. `row` counts from 1; `email` is the value of the cell. */
	onNotTaken(row: number, email: unknown, why: NotTaken): void;
	/** Called after each batch. */
	onProgress(counts: ImportCounts): void;
	now?: Date;
}

interface Numbered {
	row: number;
	user: NewUser;
}

/**
 * Imports users from another system, including their password hashes. A batch is one statement, so an interrupted run
 * leaves only whole rows and can be started again: users that exist are left unchanged.
 *
 * @param rows the columns of each row by name; undefined for a row that could not be read
 */
export async function importUsers(
	db: Db,
	rows: AsyncIterable<Fields | undefined>,
	{ isDryRun, onNotTaken, onProgress, now = new Date() }: ImportOptions
): Promise<ImportCounts> {
	const counts: ImportCounts = { read: 0, taken: 0, notTaken: {} };
	const seen = new Set<string>();
	let batch: Numbered[] = [];

	function leave(row: number, email: unknown, why: NotTaken): void {
		counts.notTaken[why] = (counts.notTaken[why] ?? 0) + 1;
		onNotTaken(row, email, why);
	}

	async function takeBatch(): Promise<void> {
		const taken = await findTakenEmails(
			db,
			batch.map(({ user }) => user.email)
		);
		const fresh = batch.filter(({ user }) => !taken.has(user.email));
		const late = isDryRun ? [] : await insertFresh(db, fresh);
		const entered = new Set(fresh.filter((one) => !late.includes(one)));
		for (const one of batch) {
			if (entered.has(one)) counts.taken++;
			else leave(one.row, one.user.email, 'already_there');
		}
		batch = [];
		onProgress(counts);
	}

	for await (const fields of rows) {
		const row = ++counts.read;
		const user = fields ? readUserRow(fields, now) : 'unreadable';
		if (typeof user === 'string') leave(row, fields?.email, user);
		else if (!remember(seen, user.email)) leave(row, user.email, 'duplicate');
		else batch.push({ row, user });
		if (batch.length === batchSize) await takeBatch();
	}
	if (batch.length > 0) await takeBatch();
	return counts;
}

/** @returns the rows whose address another user has registered in the meantime */
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
