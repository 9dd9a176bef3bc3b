import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../../package.json' with { type: 'json' };
import { renderEmail } from './account/emails/render-email.ts';
import { createAudit } from './audit/audit.ts';
import { Background } from './background.ts';
import type { Config } from './config/config.ts';
import { minSecretBytes } from './config/signing.ts';
import { deriveKey } from './crypto/derived-key.ts';
import type { PasswordHasher } from './crypto/password-hash.ts';
import { startHashing } from './crypto/start-hashing.ts';
import { connect } from './db/connect.ts';
import { MigrationError } from './db/migrate.ts';
import { findSchemaFault, migrateOnce } from './db/schema.ts';
import { describeStartFault, type StartFault } from './db/start-fault.ts';
import type { Db } from './db/tables.ts';
import type { Logger } from './log.ts';
import { UnavailableError } from './outcome.ts';
import type { Outbox } from './email/outbox.ts';
import { startEmail } from './email/start-email.ts';
import { createLimiter, type Limiter } from './rate-limit/limiter.ts';
import { createRepeated, type Repeated } from './repeated.ts';
import { createViolationLog, type ViolationLog } from './reports/violation-log.ts';
import type { RefreshPolicy } from './sessions/refresh-token.ts';
import { sweep } from './housekeeping.ts';
import type { TokenSigner } from './tokens/access-token.ts';
import type { CachedDocument } from './cached-document.ts';
import { RevocationList } from './tokens/revocation-list.ts';
import { loadOrCreateSecret } from './keys/secret-key.ts';
import { SigningKeyError } from './keys/signing-keys.ts';
import { startSigning } from './tokens/start-signing.ts';
import { dayMs } from './durations.ts';

const retryMs = 1_000;
const sweepMs = 5 * 60 * 1_000;

/** What requests act through; built once by `startServices`. */
export interface Services {
	/** Throws an UnavailableError until the schema is current. */
	readonly db: Db;
	hasher: PasswordHasher;
	limiter: Limiter;
	outbox: Outbox;
	/** Told of each request for which there was no hash in time. */
	overload: Repeated;
	tokenSigner: TokenSigner;
	refreshPolicy: RefreshPolicy;
	revocationList: RevocationList;
	config: Config;
	passwordMinLength: number;
	appName: string;
	log: Logger;
	violationLog: ViolationLog;
	version: string;
	/** Why requests that need the database cannot be served, `undefined` when they can. */
	findFault(): Promise<UnavailableError | undefined>;
	stop(): Promise<void>;
}

/**
 * Builds everything that requests need and returns at once: a database that is away is waited for in the background,
 * so that the process can say meanwhile that it is alive but not ready.
 *
 * @param listeners `onFault` is called when the database cannot be used before a person mends something, `onPublish` with
 * the public keys whenever there are others
 */
export function startServices(
	config: Config,
	log: Logger,
	{ onFault, onPublish }: { onFault(fault: StartFault): void; onPublish(keys: CachedDocument): void }
): Services {
	const db = connect(config);
	const stopping = new AbortController();
	const background = new Background();
	let startFault: UnavailableError | undefined = new UnavailableError(
		'database_unavailable',
		'not connected yet'
	);

	function loadSecret(): string {
		try {
			const secret = loadOrCreateSecret(config.dataDir);
			if (Buffer.byteLength(secret) < minSecretBytes[config.algorithm]) {
				const remedy = 'restore it, or delete it and a new one is made';
				onFault({
					message: `${config.dataDir}/secret-key is too short for ${config.algorithm}: ${remedy}`,
					exitStatus: 78
				});
			}
			return secret;
		} catch (error) {
			const fault = describeStartFault(error, config);
			if (fault) onFault(fault);
			throw error;
		}
	}

	const audit = createAudit(log);
	const email = startEmail(db, {
		config,
		log,
		audit,
		render: (queued) => renderEmail({ db, config }, queued)
	});

	async function sweepNow(): Promise<void> {
		await sweep(db, audit).catch((error) => log.warn({ err: error }, 'Expired rows were not deleted'));
	}

	async function prepareDatabase(): Promise<void> {
		let saidSo = false;
		while (!stopping.signal.aborted) {
			try {
				await migrateOnce(config, log, () => {
					startFault = new UnavailableError('schema_outdated', 'the schema is being changed');
				});
				if (stopping.signal.aborted) return;
				await signing.open();
				startFault = undefined;
				email.open();
				if (saidSo) log.info('The database answers');
				return sweepNow();
			} catch (error) {
				const fault = describeStartFault(error, config);
				if (fault) return onFault(fault);
				if (error instanceof SigningKeyError) return onFault({ message: error.message, exitStatus: 78 });
				if (!(error instanceof UnavailableError)) {
					const migration = error instanceof MigrationError ? error.migration : undefined;
					startFault = new UnavailableError('schema_outdated', error, { subject: migration });
					return log.error(
						{ err: error },
						'The schema could not be brought up to date: the next start tries again'
					);
				}
				startFault = error;
				if (!saidSo) log.warn(`The database does not answer (${error.message}): waiting for it`);
				saidSo = true;
				await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => {});
			}
		}
	}

	const secretKey = config.secretKey ?? loadSecret();
	const signing = startSigning(
		db,
		{
			config,
			secretKey,
			issuer: config.origin,
			audience: config.tokenAudience,
			includesEmailVerified: config.emailVerification !== 'off'
		},
		{ log, audit, onPublish }
	);
	background.run(prepareDatabase());
	const sweeping = setInterval(() => startFault ?? background.run(sweepNow()), sweepMs).unref();

	return {
		get db() {
			if (startFault) throw startFault;
			return db;
		},
		hasher: startHashing(config, log),
		limiter: createLimiter({
			key: deriveKey(secretKey, 'rate-limit'),
			limits: config.rateLimits,
			maxWaitMs: config.hashQueueMs
		}),
		outbox: email.outbox,
		overload: createRepeated((times) =>
			log.warn({ reason: 'overloaded', times }, 'Requests refused: more than can be hashed in time')
		),
		tokenSigner: signing.signer,
		refreshPolicy: {
			key: deriveKey(secretKey, 'refresh-tokens'),
			absoluteMs: config.refreshTokenDays * dayMs,
			idleMs: config.refreshTokenIdleDays * dayMs
		},
		revocationList: new RevocationList(signing.signer),
		config,
		passwordMinLength: config.passwordMinLength,
		appName: config.appName,
		log,
		violationLog: createViolationLog(log),
		version: packageJson.version,
		findFault: async () => startFault ?? (await findSchemaFault(db)),
		async stop() {
			stopping.abort();
			clearInterval(sweeping);
			// First what opens the other two.
			await background.settle();
			await Promise.all([signing.stop(), email.stop()]);
			await db.destroy();
		}
	};
}
