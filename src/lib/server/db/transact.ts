import type { Outcome, Refusal } from '../outcome.ts';
import type { Reason } from '../refusals.ts';
import type { Db } from './tables.ts';

/** Carries a refusal past the driver, which rolls back for what is thrown. */
class Withdrawal extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.reason);
		this.refusal = refusal;
	}
}

/**
 * Runs in one transaction what may be refused half-way: then nothing of it stays. Each statement sees what others have
 * committed by then, so that whoever waits for a row learns what happened to it.
 */
export async function transact<Value, R extends Reason>(
	db: Db,
	act: (transaction: Db) => Promise<Outcome<Value, R>>
): Promise<Outcome<Value, R>> {
	try {
		const begin = db.transaction().setIsolationLevel('read committed');
		return await begin.execute(async (transaction) => {
			const outcome = await act(transaction);
			if (!outcome.ok) throw new Withdrawal(outcome);
			return outcome;
		});
	} catch (error) {
		if (error instanceof Withdrawal) return error.refusal as Refusal<R>;
		throw error;
	}
}
