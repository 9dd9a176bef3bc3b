import { setTimeout as sleep } from 'node:timers/promises';
import type { Audit } from '../audit/audit.ts';
import type { Db } from '../db/tables.ts';
import { secondMs } from '../durations.ts';
import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import { lifetimeMs, pausesMs } from './outbox.ts';
import type { QueuedEmail } from './queued-email.ts';
import type { RenderedEmail } from './rendered-email.ts';
import { describeMailFault, isAboutRecipient, type Mailer, maxConnections } from './smtp.ts';
import { deleteEmail, leaseDueEmail, postponeEmail } from './store.ts';

/**
 * A worker leases an email for this long, and renews the lease while it sends. An email that was left behind by a crash
 * is retried after its lease has expired.
 */
const leaseMs = 15 * secondMs;
const renewalMs = 5 * secondMs;
const pollMs = 2.5 * secondMs;
const stopMs = 3 * secondMs;

export interface OutboxWorkerOptions {
	db: Db;
	mailer: Mailer;
	/** Renders an email from the current data; undefined when it has become pointless. */
	render(email: QueuedEmail): Promise<RenderedEmail | undefined>;
	log: Logger;
	audit: Audit;
}

/** Sends the emails of the outbox, a few concurrently. Several instances share the work. */
export class OutboxWorker {
	readonly #options: OutboxWorkerOptions;
	readonly #inFlight = new Set<Promise<void>>();
	#polling: NodeJS.Timeout | undefined;
	#leasing: Promise<void> | undefined;
	#isWoken = false;
	#isFailing = false;
	#isDisconnected = false;

	constructor(options: OutboxWorkerOptions) {
		this.#options = options;
	}

	start(): void {
		this.#polling = setInterval(() => this.wake(), pollMs).unref();
		this.wake();
	}

	/** Looks for due emails now. */
	wake(): void {
		if (!this.#polling) return;
		this.#isWoken = true;
		this.#leasing ??= this.#leaseAll().finally(() => (this.#leasing = undefined));
	}

	/** Stops sending. Resolves when the worker no longer uses the database. The next start sends the remaining emails. */
	async stop(): Promise<void> {
		clearInterval(this.#polling);
		this.#polling = undefined;
		await this.#leasing;
		const inTime = new AbortController();
		const late = sleep(stopMs, undefined, { signal: inTime.signal }).catch(() => {});
		await Promise.race([Promise.allSettled([...this.#inFlight]), late]);
		inTime.abort();
		this.#options.mailer.close();
		// Deliveries that were interrupted release their emails for the next start.
		await Promise.allSettled([...this.#inFlight]);
	}

	/** Never rejects. */
	async #leaseAll(): Promise<void> {
		const { db, log } = this.#options;
		try {
			while (this.#polling && this.#isWoken && this.#inFlight.size < maxConnections) {
				this.#isWoken = false;
				const email = await leaseDueEmail(db, { now: Date.now(), leaseMs });
				if (!email) continue;
				this.#isWoken = true;
				const delivery = this.#deliver(email).finally(() => {
					this.#inFlight.delete(delivery);
					this.wake();
				});
				this.#inFlight.add(delivery);
			}
			this.#isDisconnected = false;
		} catch (error) {
			// Logged once, because other parts of the service also report that the database is unavailable.
			if (!this.#isDisconnected && this.#polling) log.warn({ err: error }, 'The outbox could not be read');
			this.#isDisconnected = true;
		}
	}

	/** Never rejects. */
	async #deliver(email: QueuedEmail): Promise<void> {
		const { db, log } = this.#options;
		let renewing: Promise<void> | undefined;
		const renewal = setInterval(() => {
			renewing = postponeEmail(db, email.id, Date.now() + leaseMs).catch(() => {});
		}, renewalMs).unref();
		try {
			if (await this.#send(email)) await this.#remove(email.id);
			else await this.#retryLater(email);
		} catch (error) {
			// Without the database, the email stays leased and is retried when the lease has expired.
			if (error instanceof UnavailableError) return;
			log.error({ err: error, kind: email.kind }, 'An email could not be rendered');
			await this.#retryLater(email).catch(() => {});
		} finally {
			clearInterval(renewal);
			await renewing;
		}
	}

	/**
	 * Sends an email. Throws faults of the service, not those of the mail server.
	 *
	 * @returns whether the email is finished, because it was sent or has become pointless
	 */
	async #send(email: QueuedEmail): Promise<boolean> {
		const { mailer, render, log } = this.#options;
		const rendered = await render(email);
		if (!rendered) return true;
		try {
			const { id, recipient: to, created_at } = email;
			await mailer.send({ ...rendered, to, id, at: new Date(created_at) });
		} catch (error) {
			this.#noteFailure(error);
			return false;
		}
		if (this.#isFailing) log.info('Emails are being sent again');
		this.#isFailing = false;
		return true;
	}

	/** Warns once when failures begin. A rejected recipient does not count, because it says nothing about the server. */
	#noteFailure(error: unknown): void {
		const { log } = this.#options;
		const fault = describeMailFault(error);
		if (isAboutRecipient(error)) {
			log.info(fault, 'The mail server rejects a recipient: retrying for a day');
		} else if (!this.#isFailing) {
			log.warn(fault, 'Emails cannot be sent: retrying for a day');
			this.#isFailing = true;
		}
	}

	/** Retries, because a sent email must not be sent again after the database was briefly unavailable. */
	async #remove(id: string): Promise<void> {
		for (;;) {
			try {
				await deleteEmail(this.#options.db, id);
				return;
			} catch (error) {
				if (!(error instanceof UnavailableError) || !this.#polling) throw error;
				await sleep(secondMs);
			}
		}
	}

	async #retryLater({ id, kind, user_id, attempts, created_at }: QueuedEmail): Promise<void> {
		const { db, audit } = this.#options;
		const now = Date.now();
		const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
		// Spread at random, so that a server that recovers is not flooded.
		const dueAt = now + Math.round(pause * (0.8 + 0.4 * Math.random()));
		if (dueAt - created_at <= lifetimeMs) return postponeEmail(db, id, dueAt);
		await deleteEmail(db, id);
		await audit.record(db, 'email.abandoned', { user_id: user_id ?? undefined, kind });
	}
}
