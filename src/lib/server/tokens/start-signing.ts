import type { Config } from '../config/config.ts';
import { readClocks } from '../db/clocks.ts';
import type { Db } from '../db/tables.ts';
import { KeyRing, type KeyRingSettings } from '../keys/key-ring.ts';
import { createKeyVault } from '../keys/key-vault.ts';
import { usesKeyPairs } from '../keys/token-keys.ts';
import { createTokenSigner, type TokenSigner } from './access-token.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

/** The longest delay until an instance learns that the keys have changed. */
const refreshMs = 15_000;

export interface Signing {
	signer: TokenSigner;
	/**
	 * Reads the stored keys, and follows them from then on. With a secret alone, there is nothing to read.
	 *
	 * @throws SigningKeyError if the keys do not match the settings
	 */
	open(): Promise<void>;
	/** Resolves when the keys are no longer being read. */
	stop(): Promise<void>;
}

/** Prepares the keys that sign tokens: the secret itself, or key pairs in the database. */
export function startSigning(
	db: Db,
	{ config, secretKey }: { config: Config; secretKey: string },
	{ log, audit, onPublish }: Pick<KeyRingSettings, 'log' | 'audit' | 'onPublish'>
): Signing {
	const { algorithm, previousSecretKey, signingKeyRotationDays } = config;
	const claims = {
		issuer: config.origin,
		audience: config.tokenAudience,
		includesEmailVerified: config.emailVerification !== 'off'
	};
	if (!usesKeyPairs(algorithm)) {
		const signer = createTokenSigner({ secretKey, previousSecretKey, algorithm, ...claims });
		return { signer, open: async () => onPublish(signer.keys.published), stop: async () => {} };
	}
	const ring = new KeyRing(db, {
		algorithm,
		vault: createKeyVault(secretKey, previousSecretKey),
		rotationDays: signingKeyRotationDays,
		log,
		onPublish,
		audit
	});
	const { open, stop } = followKeys(db, ring, log);
	return { signer: { keys: ring, algorithm, verified: createVerifiedTokens(), ...claims }, open, stop };
}

function followKeys(db: Db, ring: KeyRing, log: KeyRingSettings['log']): Pick<Signing, 'open' | 'stop'> {
	let timer: NodeJS.Timeout | undefined;
	let reading: Promise<void> | undefined;
	let isFailing = false;

	async function read(): Promise<void> {
		try {
			const now = new Date();
			const clocks = await readClocks(db);
			await ring.refresh(now, new Date(clocks?.earliest ?? 0));
			isFailing = false;
		} catch (error) {
			if (!isFailing && timer) log.warn({ err: error }, 'The signing keys could not be read again');
			isFailing = true;
		}
	}

	return {
		async open() {
			await ring.open();
			timer = setInterval(() => (reading = read()), refreshMs).unref();
		},
		async stop() {
			clearInterval(timer);
			timer = undefined;
			await reading;
		}
	};
}
