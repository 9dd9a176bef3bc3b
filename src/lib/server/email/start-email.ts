import type { Audit } from '../audit/audit.ts';
import type { Config } from '../config/config.ts';
import type { Db } from '../db/tables.ts';
import type { Logger } from '../log.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { OutboxWorker, type OutboxWorkerOptions } from './outbox-worker.ts';
import { createMailer } from './smtp.ts';

export interface EmailService {
	outbox: Outbox;
	/** Starts sending, once the database is ready. */
	open(): void;
	stop(): Promise<void>;
}

/** Prepares the outbox and its worker. Without a mail server, emails wait in the outbox. */
export function startEmail(
	db: Db,
	{
		config: { smtp, origin },
		log,
		audit,
		render
	}: { config: Config; log: Logger; audit: Audit; render: OutboxWorkerOptions['render'] }
): EmailService {
	if (!smtp) {
		return {
			outbox: createOutbox(() => {}),
			open: () => log.info('SMTP_URL is not set: emails wait in the outbox'),
			stop: async () => {}
		};
	}
	const worker = new OutboxWorker({ db, mailer: createMailer(smtp, origin), render, log, audit });
	return {
		outbox: createOutbox(() => worker.wake()),
		open: () => worker.start(),
		stop: () => worker.stop()
	};
}
