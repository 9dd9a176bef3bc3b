import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config/config.ts';
import { MigrationError } from './db/migrate.ts';
import { migrateOnce } from './db/schema.ts';
import { describeStartFault, type StartFault } from './db/start-fault.ts';
import { secondMs } from './durations.ts';
import { exitStatus } from './exit-status.ts';
import { SigningKeyError } from './keys/signing-keys.ts';
import type { Logger } from './log.ts';
import { UnavailableError } from './outcome.ts';

const retryMs = secondMs;

export interface DatabaseStart {
	config: Config;
	log: Logger;
	/** Opens the services that need the current schema. */
	open(): Promise<void>;
	/** Called if an operator must fix something first. */
	onFault(fault: StartFault): void;
	/** Ends the waiting when it aborts. */
	signal: AbortSignal;
}

/** Waits for the database, brings the schema up to date, and opens the services that need it. */
export class DatabasePreparation {
	readonly #start: DatabaseStart;
	#fault: UnavailableError | undefined = new UnavailableError('database_unavailable', 'not connected yet');
	#isWaiting = false;

	constructor(start: DatabaseStart) {
		this.#start = start;
	}

	/** Why the database cannot be used yet; undefined once it can. */
	get fault(): UnavailableError | undefined {
		return this.#fault;
	}

	/** Resolves when the database is ready, or if it cannot become ready without an operator. Never rejects. */
	async run(): Promise<void> {
		const { signal } = this.#start;
		while (!signal.aborted) {
			const isFinished = await this.#attempt().catch((error: unknown) => this.#handle(error));
			if (isFinished) return;
			await sleep(retryMs, undefined, { signal }).catch(() => {});
		}
	}

	async #attempt(): Promise<boolean> {
		const { config, log, open, signal } = this.#start;
		await migrateOnce(config, log, () => {
			this.#fault = new UnavailableError('schema_outdated', 'the schema is being changed');
		});
		if (signal.aborted) return true;
		await open();
		this.#fault = undefined;
		if (this.#isWaiting) log.info('The database answers');
		return true;
	}

	/** @returns whether there is nothing to wait for */
	#handle(error: unknown): boolean {
		const { config, log, onFault } = this.#start;
		const fault = describeStartFault(error, config);
		if (fault || error instanceof SigningKeyError) {
			onFault(fault ?? { message: (error as Error).message, exitStatus: exitStatus.config });
			return true;
		}
		if (!(error instanceof UnavailableError)) {
			const subject = error instanceof MigrationError ? error.migration : undefined;
			this.#fault = new UnavailableError('schema_outdated', error, { subject });
			log.error({ err: error }, 'The schema could not be brought up to date: the next start tries again');
			return true;
		}
		this.#fault = error;
		if (!this.#isWaiting) log.warn(`The database does not answer (${error.message}): waiting for it`);
		this.#isWaiting = true;
		return false;
	}
}
