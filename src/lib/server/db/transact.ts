import type { Outcome, Refusal } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import type { Db } from './tables.ts';

/** Carries a refusal past the driver, which rolls back only for what is thrown. */
class Withdrawal extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.reason);
		this.refusal = refusal;
	}
}

/** What to do after each open transaction has been committed. */
const afterCommit = new WeakMap<Db, (() => void)[]>();

/** Acts when the transaction has been committed, and never when it is rolled back; without a transaction, immediately. */
export function onCommit(db: Db, act: () => void): void {
	const acts = afterCommit.get(db);
	if (acts) acts.push(act);
	else act();
}

/** Runs in one transaction. Each statement sees what other transactions have committed by then. */
export async function inTransaction<Value>(db: Db, act: (transaction: Db) => Promise<Value>): Promise<Value> {
	const acts: (() => void)[] = [];
	const value = await db
		.transaction()
		.setIsolationLevel('read committed')
		.execute(async (transaction) => {
			afterCommit.set(transaction, acts);
			return act(transaction);
		});
	for (const each of acts) each();
	return value;
}

/** Runs in one transaction an act that may be refused half-way: a refusal rolls all of it back. */
export async function transact<Value, R extends Reason>(
	db: Db,
	act: (transaction: Db) => Promise<Outcome<Value, R>>
): Promise<Outcome<Value, R>> {
	try {
		return await inTransaction(db, async (transaction) => {
			const outcome = await act(transaction);
			if (!outcome.ok) throw new Withdrawal(outcome);
			return outcome;
		});
	} catch (error) {
		if (error instanceof Withdrawal) return error.refusal as Refusal<R>;
		throw error;
	}
}
