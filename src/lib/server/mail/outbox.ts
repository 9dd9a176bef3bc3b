import { createId } from '../crypto/random.ts';
import type { Db } from '../db/tables.ts';
import type { LetterOrder } from './letter-order.ts';
import { insertOrder } from './store.ts';

export { deleteOrdersOf as forgetLetters, readOrdersOf as listLetters } from './store.ts';

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
