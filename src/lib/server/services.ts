import packageJson from '../../../package.json' with { type: 'json' };
import { renderEmail } from './account/emails/render-email.ts';
import { createAudit } from './audit/audit.ts';
import type { CachedDocument } from './cached-document.ts';
import type { Config } from './config/config.ts';
import { correctClockFaults } from './correct-clock-faults.ts';
import { deriveKey } from './crypto/derived-key.ts';
import type { PasswordHasher } from './crypto/password-hash.ts';
import { startHashing } from './crypto/start-hashing.ts';
import { connect } from './db/connect.ts';
import { findSchemaFault } from './db/schema.ts';
import type { StartFault } from './db/start-fault.ts';
import type { Db } from './db/tables.ts';
import { Writability } from './db/writability.ts';
import { dayMs } from './durations.ts';
import type { Outbox } from './email/outbox.ts';
import { startEmail } from './email/start-email.ts';
import { createHousekeeping } from './housekeeping.ts';
import { loadSecret } from './load-secret.ts';
import type { Logger } from './log.ts';
import type { UnavailableError } from './outcome.ts';
import { DatabasePreparation } from './prepare-database.ts';
import { createLimiter, type Limiter } from './rate-limit/limiter.ts';
import { createRepeated, type Repeated } from './repeated.ts';
import { createViolationLog, type ViolationLog } from './reports/violation-log.ts';
import type { RefreshPolicy } from './sessions/refresh-token.ts';
import type { TokenSigner } from './tokens/access-token.ts';
import { RevocationList } from './tokens/revocation-list.ts';
import { startSigning } from './tokens/start-signing.ts';
import { createUnderWay, type UnderWay } from './under-way.ts';

/** The services that requests use; built once by `startServices`. */
export interface Services {
	/** Throws an UnavailableError until the schema is current. */
	readonly db: Db;
	hasher: PasswordHasher;
	limiter: Limiter;
	outbox: Outbox;
	/** Counts the requests that were refused because no hash could be computed in time. */
	overload: Repeated;
	tokenSigner: TokenSigner;
	refreshPolicy: RefreshPolicy;
	revocationList: RevocationList;
	config: Config;
	log: Logger;
	violationLog: ViolationLog;
	version: string;
	/** Why requests that need the database cannot be served, or only those that write; undefined when they can. */
	findFault(): Promise<UnavailableError | undefined>;
	underWay: UnderWay;
	/** Resolves when nothing uses the database any more and it is closed. */
	stop(): Promise<void>;
}

interface Listeners {
	/** Called if the database is unusable until an operator fixes something. */
	onFault(fault: StartFault): void;
	/** Called with the public keys whenever they change. */
	onPublish(keys: CachedDocument): void;
}

/**
 * Builds all services, and returns immediately. It waits for an unavailable database in the background, so that the
 * process can report that it is alive but not ready.
 */
export function startServices(config: Config, log: Logger, { onFault, onPublish }: Listeners): Services {
	const writability = new Writability(log);
	const db = connect(config, { onError: (error) => writability.note(error) });
	const audit = createAudit(log);
	const secretKey = loadSecret(config, onFault);
	const signing = startSigning(db, { config, secretKey }, { log, audit, onPublish });
	const email = startEmail(db, {
		config,
		log,
		audit,
		render: (queued) => renderEmail({ db, config }, queued)
	});
	const housekeeping = createHousekeeping(db, { audit, log });
	const stopping = new AbortController();
	const database = new DatabasePreparation({
		config,
		log,
		onFault,
		signal: stopping.signal,
		async open() {
			await correctClockFaults(db, log);
			await signing.open();
			email.open();
			housekeeping.start();
		}
	});
	const preparing = database.run();
	const underWay = createUnderWay();

	return {
		get db() {
			if (database.fault) throw database.fault;
			return db;
		},
		hasher: startHashing(config, log),
		limiter: createLimiter({
			key: deriveKey(secretKey, 'rate-limit'),
			limits: config.rateLimits,
			maxWaitMs: config.hashQueueMs
		}),
		outbox: email.outbox,
		overload: createOverload(log),
		tokenSigner: signing.signer,
		refreshPolicy: createRefreshPolicy(config, secretKey),
		revocationList: new RevocationList(signing.signer),
		config,
		log,
		violationLog: createViolationLog(log),
		version: packageJson.version,
		findFault: async () => database.fault ?? (await findSchemaFault(db)) ?? (await writability.findFault(db)),
		underWay,
		async stop() {
			stopping.abort();
			// The preparation comes first, because it opens the others.
			await preparing;
			await Promise.all([signing.stop(), email.stop(), housekeeping.stop(), underWay.settle()]);
			await db.destroy();
		}
	};
}

function createRefreshPolicy(config: Config, secretKey: string): RefreshPolicy {
	return {
		key: deriveKey(secretKey, 'refresh-tokens'),
		absoluteMs: config.refreshTokenDays * dayMs,
		idleMs: config.refreshTokenIdleDays * dayMs
	};
}

function createOverload(log: Logger): Repeated {
	return createRepeated((times) =>
		log.warn({ reason: 'overloaded', times }, 'Requests refused: hashing is overloaded')
	);
}
