import type { RecordEvent } from '../audit/events.ts';
import { createId } from '../crypto/random.ts';
import type { Db } from '../db/tables.ts';
import type { LetterOrder } from './letter-order.ts';
import { deleteOrder, insertOrder, readOldOrders } from './store.ts';

export {
	deleteOrdersOf as forgetLetters,
	deleteUndoOrders as forgetUndoLetters,
	readNewestOrders as listNewestLetters,
	readOrdersOf as listLetters
} from './store.ts';

/** A letter that could not be sent for so long is given up. */
export const lifetimeMs = 24 * 60 * 60 * 1_000;

export interface Outbox {
	/** Has a letter sent; given a transaction, if and only if that is committed. */
	order(db: Db, order: LetterOrder, now?: Date): Promise<void>;
}

/** @param onOrder told of each order, which may still be in its transaction */
export function createOutbox(onOrder: () => void): Outbox {
	return {
		async order(db, { kind, to, userId, data = {}, locale = 'en' }, now = new Date()) {
			const at = now.getTime();
			await insertOrder(db, {
				id: createId(),
				kind,
				recipient: to,
				user_id: userId ?? null,
				data: JSON.stringify(data),
				locale,
				attempts: 0,
				due_at: at,
				created_at: at
			});
			onOrder();
		}
	};
}

/** Gives up what has waited for too long, for a mail server that was never named too. */
export async function sweepOutbox(db: Db, record: RecordEvent, now = new Date()): Promise<void> {
	for (const { id, kind, user_id } of await readOldOrders(db, now.getTime() - lifetimeMs)) {
		const isOurs = await deleteOrder(db, id);
		if (isOurs) record('mail.given_up', { user_id: user_id ?? undefined, kind });
	}
}
