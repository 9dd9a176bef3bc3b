import type { RecordEvent } from '../audit/events.ts';
import type { Config } from '../config/config.ts';
import type { Db } from '../db/tables.ts';
import type { Logger } from '../log.ts';
import { composeLetter } from './compose-letter.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { Postman } from './postman.ts';
import { createMailer } from './smtp.ts';

export interface MailOffice {
	outbox: Outbox;
	/** Begins to send, when the database is ready. */
	open(): void;
	stop(): Promise<void>;
}

/** Prepares the outbox and what empties it; without a mail server letters wait. */
export function startMail(
	db: Db,
	{ config, log, record }: { config: Config; log: Logger; record: RecordEvent }
): MailOffice {
	const { smtp, origin } = config;
	if (!smtp) {
		return {
			outbox: createOutbox(() => {}),
			open: () => log.info('No SMTP_URL: letters wait in the outbox'),
			stop: async () => {}
		};
	}
	const postman = new Postman({
		db,
		mailer: createMailer(smtp, origin),
		compose: (order) => composeLetter({ db, config }, order),
		log,
		record
	});
	return {
		outbox: createOutbox(() => postman.nudge()),
		open: () => postman.start(),
		stop: () => postman.stop()
	};
}
