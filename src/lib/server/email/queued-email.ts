import type { Locale } from '#lib/paraglide/runtime.js';
import type { OutboxTable } from '../db/tables.ts';

/** An email in the outbox. It is rendered when it is sent (docs/decisions/0015). */
export type QueuedEmail = OutboxTable;

/** An email to queue. */
export interface EmailRequest {
	kind: QueuedEmail['kind'];
	/** The address, normalised. */
	to: string;
	/** Omitted if the email was requested by the address alone. */
	userId?: string | undefined;
	/** What the email says beyond its kind; never a secret. */
	data?: Record<string, string>;
	locale: Locale;
}
