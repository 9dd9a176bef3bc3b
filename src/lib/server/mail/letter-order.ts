import type { Context } from '../context.ts';
import type { OutboxTable } from '../db/tables.ts';

export type LetterKind = OutboxTable['kind'];

/** A letter that is to be sent: it is composed when it is (docs/decisions/0015). */
export interface LetterOrder {
	kind: LetterKind;
	/** The address, normalised. */
	to: string;
	userId?: string | undefined;
	/** What the letter has to say beyond that; never a secret. */
	data?: Record<string, string>;
	/** Default: English. */
	locale?: Context['locale'];
}
