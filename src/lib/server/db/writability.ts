import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import { findWriteFault } from './errors.ts';
import { writeProbe } from './lease.ts';
import type { Db } from './tables.ts';

/** A write is tried at most this often, however often readiness is asked for. */
const checkEveryMs = 5_000;
const recheckEveryMs = 1_000;
/**
 * A full disk counts for this long after it refused a write. A small write may still find room where a registration
 * does not.
 */
const storageFaultMs = 15_000;

/**
 * Whether the database accepts writes. A database that is read-only or full still answers queries. Times are on the
 * monotonic clock.
 */
export class Writability {
	readonly #log: Logger;
	#fault: UnavailableError | undefined;
	#checkAfter = 0;
	#storageFault: { error: Error; until: number } | undefined;
	#checking: Promise<void> | undefined;
	#isReported = false;

	constructor(log: Logger) {
		this.#log = log;
	}

	/** Takes note of an error of the driver. */
	note(error: Error): void {
		const fault = findWriteFault(error);
		if (fault === 'storage') this.#storageFault = { error, until: performance.now() + storageFaultMs };
		else if (fault === 'read_only') this.#checkAfter = 0;
	}

	/** Why nothing can be written; undefined when something can. Tries a small write now and then. */
	async findFault(db: Db): Promise<UnavailableError | undefined> {
		if (performance.now() >= this.#checkAfter)
			await (this.#checking ??= this.#check(db).finally(() => (this.#checking = undefined)));
		const held = this.#storageFault;
		const isHeld = held !== undefined && performance.now() < held.until;
		const fault = isHeld ? new UnavailableError('database_unavailable', held.error) : this.#fault;
		this.#report(fault);
		return fault;
	}

	async #check(db: Db): Promise<void> {
		const fault = await writeProbe(db).then(
			() => undefined,
			(error: unknown) =>
				error instanceof UnavailableError ? error : new UnavailableError('database_unavailable', error)
		);
		this.#fault = fault;
		this.#checkAfter = performance.now() + (fault ? recheckEveryMs : checkEveryMs);
	}

	/** Logs the change, not every question. */
	#report(fault: UnavailableError | undefined): void {
		if ((fault !== undefined) === this.#isReported) return;
		this.#isReported = fault !== undefined;
		if (fault) this.#log.warn({ err: fault }, 'The database accepts no writes: /readyz answers 503');
		else this.#log.info('The database accepts writes again');
	}
}
