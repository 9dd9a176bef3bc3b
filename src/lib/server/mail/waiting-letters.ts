import type { Config } from '../config/config.ts';
import type { Db } from '../db/tables.ts';
import { composeLetter } from './compose-letter.ts';
import type { Letter } from './letter.ts';
import { listNewestLetters } from './outbox.ts';

const shown = 20;

/** The newest letters that wait, written now: each look makes new links, and older ones stay good. */
export async function composeWaitingLetters(services: {
	db: Db;
	config: Config;
}): Promise<(Letter & { to: string })[]> {
	const letters: (Letter & { to: string })[] = [];
	for (const order of await listNewestLetters(services.db, shown)) {
		const letter = await composeLetter(services, order);
		if (letter) letters.push({ ...letter, to: order.recipient });
	}
	return letters;
}
