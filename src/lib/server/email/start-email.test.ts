import { setTimeout as pause } from 'node:timers/promises';
import type { KyselyPlugin } from 'kysely';
import pino from 'pino';
import { expect, test } from 'vitest';
import { collectEvents } from '../../../../tests/support/service/recorded-events.ts';
import { startMailServer } from '../../../../tests/support/email/mail-server.ts';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import { parseConfig } from '../config/config.ts';
import { migrate } from '../db/migrate.ts';
import { startEmail } from './start-email.ts';

const given = useSqlite();

/** Each answer of the database takes a while to arrive, as one over a network does. */
const answerMs = 10;
const overNetwork: KyselyPlugin = {
	transformQuery: ({ node }) => node,
	async transformResult({ result }) {
		await pause(answerMs);
		return result;
	}
};

test.for([0, 5, 15, 25, 35, 45])(
	'stopped %i ms after it was opened, nothing asks the database any more',
	async (ms) => {
		const complaints: string[] = [];
		const log = pino({ level: 'warn' }, { write: (line) => void complaints.push(line) });
		const server = await startMailServer();
		const db = given.open();
		await migrate(db, log);
		const slow = db.withPlugin(overNetwork);
		const { audit } = collectEvents();
		const config = parseConfig(server.env);
		const email = startEmail(slow, { config, log, audit, render: async () => undefined });
		for (const to of ['ada@example.org', 'grace@example.org']) {
			await email.outbox.enqueue(slow, { kind: 'already_registered', to, locale: 'en' }, new Date());
		}

		email.open();
		await pause(ms);
		await email.stop();
		await db.destroy();
		await pause(5 * answerMs);
		expect(complaints).toEqual([]);
		await server.stop();
	}
);
