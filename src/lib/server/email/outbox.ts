import type { Audit } from '../audit/audit.ts';
import { createId } from '../crypto/random.ts';
import type { Db } from '../db/tables.ts';
import { onCommit } from '../db/transact.ts';
import { dayMs, secondMs } from '../durations.ts';
import type { EmailRequest } from './queued-email.ts';
import { deleteEmail, insertEmail, readOldEmails } from './store.ts';

/** An email that could not be sent for this long is abandoned. */
export const lifetimeMs = dayMs;
/** The pause after each failed attempt; the last one repeats. */
export const pausesMs = [2, 10, 30, 2 * 60, 5 * 60, 15 * 60, 30 * 60].map((seconds) => seconds * secondMs);
/** Pauses are spread by a fifth. */
export const longestPauseMs = Math.max(...pausesMs) * 1.2;

export interface Outbox {
	/** Queues an email. In a transaction, it is queued if and only if the transaction is committed. */
	enqueue(db: Db, email: EmailRequest, now: Date): Promise<void>;
}

/** @param wake called when an email has been queued */
export function createOutbox(wake: () => void): Outbox {
	return {
		async enqueue(db, { kind, to, userId, data = {}, locale }, now) {
			const at = now.getTime();
			await insertEmail(db, {
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
			onCommit(db, wake);
		}
	};
}

/** Abandons emails that have waited too long, even if no mail server is configured. */
export async function abandonOldEmails(db: Db, audit: Audit, now = new Date()): Promise<void> {
	for (const { id, kind, user_id } of await readOldEmails(db, now.getTime() - lifetimeMs)) {
		// Only the instance that deletes the row records the event.
		if (await deleteEmail(db, id)) {
			await audit.record(db, 'email.abandoned', { user_id: user_id ?? undefined, kind });
		}
	}
}
