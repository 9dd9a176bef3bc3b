import { sql } from 'kysely';
import { maxSkewMs } from './clocks.ts';
import type { Db, Tables } from './tables.ts';

/**
 * The times of a table that lie ahead only when a clock was wrong. In a row with such a time, all of them are brought
 * down to now.
 */
export interface StoredTimes<Name extends keyof Tables = keyof Tables> {
	table: Name;
	key: keyof Tables[Name] & string;
	/** Each column, and how far ahead the rules may set it, in milliseconds. */
	leads: Partial<Record<keyof Tables[Name] & string, number>>;
	/** A column that keeps its distance from one of `leads`, such as an expiry from a creation. */
	follows?: { column: keyof Tables[Name] & string; leader: keyof Tables[Name] & string };
}

const batch = 500;

/** The keys of rows with a time that the rules cannot have produced by now, `batch` at most. */
export async function findAhead(db: Db, times: StoredTimes, now: number): Promise<string[]> {
	const leads: [string, number][] = Object.entries(times.leads);
	const isAhead = leads.map(([column, leadMs]) => sql`${sql.ref(column)} > ${now + leadMs + maxSkewMs}`);
	const { rows } = await sql<{ row_key: string }>`
		select ${sql.ref(times.key)} as row_key from ${sql.table(times.table)}
		where ${sql.join(isAhead, sql` or `)} limit ${sql.lit(batch)}`.execute(db);
	return rows.map(({ row_key }) => row_key);
}

/** By key, after a read that locks nothing: a condition on the times would lock every row of the table on MySQL. */
async function bringDown(db: Db, times: StoredTimes, keys: string[], now: number): Promise<void> {
	const { follows, leads, key, table } = times;
	const set = Object.keys(leads).map((column) => {
		const name = sql.ref(column);
		return sql`${name} = case when ${name} > ${now} then ${now} else ${name} end`;
	});
	if (follows) {
		const [column, leader] = [sql.ref(follows.column), sql.ref(follows.leader)];
		// First: MySQL calculates with the columns that the statement has already set.
		set.unshift(sql`${column} = ${column} - case when ${leader} > ${now} then ${leader} - ${now} else 0 end`);
	}
	await sql`update ${sql.table(table)} set ${sql.join(set)} where ${sql.ref(key)} in (${sql.join(keys)})`.execute(
		db
	);
}

/** Brings down the times of a table that lie ahead. @returns the number of rows */
export async function correctTimes(db: Db, times: StoredTimes, now: number): Promise<number> {
	let corrected = 0;
	for (let found = batch; found === batch;) {
		const keys = await findAhead(db, times, now);
		found = keys.length;
		if (found > 0) await bringDown(db, times, keys, now);
		corrected += found;
	}
	return corrected;
}
