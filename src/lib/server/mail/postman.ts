import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordEvent } from '../audit/events.ts';
import { Background } from '../background.ts';
import type { Db, OutboxTable } from '../db/tables.ts';
import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import type { Letter } from './letter.ts';
import { lifetimeMs } from './outbox.ts';
import { describeMailFault, isAboutRecipient, type Mailer, maxConnections } from './smtp.ts';
import { deleteOrder, postponeOrder, takeDueOrder } from './store.ts';

const second = 1_000;
const minute = 60 * second;

/** Who takes a letter holds it for so long, and again while it is being sent; so late is one that a crash left. */
const holdMs = 15 * second;
const renewMs = 5 * second;
const lookMs = 2_500;
/** Time for the transaction of an order to be over. */
const nudgeMs = 30;
const stopMs = 3 * second;

/** After each try that failed; the last one again and again. */
const pausesMs = [2 * second, 10 * second, 30 * second, 2 * minute, 5 * minute, 15 * minute, 30 * minute];

interface Post {
	db: Db;
	mailer: Mailer;
	/** Writes the letter as things are now; nothing when it is moot. */
	compose(order: OutboxTable): Promise<Letter | undefined>;
	log: Logger;
	record: RecordEvent;
}

/** Sends what is in the outbox, a few letters at once; several instances share the work. */
export class Postman {
	readonly #post: Post;
	readonly #background = new Background();
	#inFlight = 0;
	#looking: NodeJS.Timeout | undefined;
	#nudge: NodeJS.Timeout | undefined;
	#isTaking = false;
	#isFailing = false;
	#isBlind = false;

	constructor(post: Post) {
		this.#post = post;
	}

	start(): void {
		this.#looking = setInterval(() => this.#look(), lookMs).unref();
		this.#look();
	}

	/** There may be a letter in a moment. */
	nudge(): void {
		if (!this.#looking) return;
		this.#nudge ??= setTimeout(() => {
			this.#nudge = undefined;
			this.#look();
		}, nudgeMs).unref();
	}

	/** Lets go of the server; what was not sent in time is sent by whoever starts next. */
	async stop(): Promise<void> {
		clearInterval(this.#looking);
		clearTimeout(this.#nudge);
		this.#looking = undefined;
		const inTime = new AbortController();
		const late = sleep(stopMs, undefined, { signal: inTime.signal }).catch(() => {});
		await Promise.race([this.#background.settle(), late]);
		inTime.abort();
		this.#post.mailer.close();
		// What is broken off now is noted for whoever starts next.
		await this.#background.settle();
	}

	#look(): void {
		this.#background.run(this.#take());
	}

	async #take(): Promise<void> {
		if (this.#isTaking) return;
		this.#isTaking = true;
		try {
			while (this.#looking && this.#inFlight < maxConnections) {
				const order = await takeDueOrder(this.#post.db, { now: Date.now(), holdMs });
				if (!order) break;
				this.#inFlight++;
				const delivery = this.#deliver(order).finally(() => {
					this.#inFlight--;
					if (this.#looking) this.#look();
				});
				this.#background.run(delivery);
			}
			this.#isBlind = false;
		} catch (error) {
			// The database is away, of which others tell too.
			if (!this.#isBlind && this.#looking)
				this.#post.log.warn({ err: error }, 'The outbox could not be read');
			this.#isBlind = true;
		} finally {
			this.#isTaking = false;
		}
	}

	/** Never rejects. */
	async #deliver(order: OutboxTable): Promise<void> {
		const { db, log } = this.#post;
		const holding = setInterval(() => {
			this.#background.run(postponeOrder(db, order.id, Date.now() + holdMs));
		}, renewMs).unref();
		try {
			if (await this.#send(order)) await this.#remove(order.id);
			else await this.#tryLater(order);
		} catch (error) {
			// Without the database: whoever looks when the hold has lapsed tries again.
			if (error instanceof UnavailableError) return;
			log.error({ err: error, kind: order.kind }, 'A letter could not be written');
			await this.#tryLater(order).catch(() => {});
		} finally {
			clearInterval(holding);
		}
	}

	/**
	 * Faults of ours are thrown, those of the mail server are not.
	 *
	 * @returns whether the letter is done with
	 */
	async #send(order: OutboxTable): Promise<boolean> {
		const { mailer, compose, log } = this.#post;
		const letter = await compose(order);
		if (!letter) return true;
		try {
			const { id, recipient: to, created_at } = order;
			await mailer.send({ ...letter, to, id, at: new Date(created_at) });
		} catch (error) {
			this.#noteFailure(error);
			return false;
		}
		if (this.#isFailing) log.info('Letters are sent again');
		this.#isFailing = false;
		return true;
	}

	/** Once when it begins. That one address is not taken says nothing of the server. */
	#noteFailure(error: unknown): void {
		const { log } = this.#post;
		const fault = describeMailFault(error);
		if (isAboutRecipient(error)) {
			log.info(fault, 'A mail server does not take a letter for one address: it is tried again for a day');
		} else if (!this.#isFailing) {
			log.warn(fault, 'Letters cannot be sent: they are tried again for a day');
			this.#isFailing = true;
		}
	}

	/** It is sent: it must not be again because the database is away for a moment. */
	async #remove(id: string): Promise<void> {
		for (;;) {
			try {
				await deleteOrder(this.#post.db, id);
				return;
			} catch (error) {
				if (!(error instanceof UnavailableError) || !this.#looking) throw error;
				await sleep(second);
			}
		}
	}

	async #tryLater({ id, kind, user_id, attempts, created_at }: OutboxTable): Promise<void> {
		const { db, record } = this.#post;
		const now = Date.now();
		const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
		// Not all at once when the server is back.
		const dueAt = now + Math.round(pause * (0.8 + 0.4 * Math.random()));
		if (dueAt - created_at <= lifetimeMs) return postponeOrder(db, id, dueAt);
		await deleteOrder(db, id);
		record('mail.given_up', { user_id: user_id ?? undefined, kind });
	}
}
