import type { Outcome, Refusal } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import type { Db } from './tables.ts';

/** Carries a refusal through the driver as an exception, because only an exception causes a rollback. */
class Withdrawal extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.reason);
		this.refusal = refusal;
	}
}

/** The functions to call after each open transaction is committed. */
const afterCommit = new WeakMap<Db, (() => void)[]>();

/**
 * Calls `act` after the transaction is committed, and never if it is rolled back. Without a transaction, calls it
 * immediately.
 */
export function onCommit(db: Db, act: () => void): void {
	const acts = afterCommit.get(db);
	if (acts) acts.push(act);
	else act();
}

/** Runs `act` in a transaction. Each statement sees what other transactions have committed before it. */
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

/** Runs an act that may be refused half-way in a transaction. A refusal rolls all of it back. */
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
