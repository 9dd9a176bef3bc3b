import type { SigningConfig } from '../config/signing.ts';
import type { Audit } from '../audit/audit.ts';
import { Background } from '../background.ts';
import type { Db } from '../db/tables.ts';
import { createTokenSigner, type TokenSigner } from './access-token.ts';
import { KeyRing, type KeyRingSettings } from '../keys/key-ring.ts';
import { createKeyVault } from '../keys/key-vault.ts';
import { usesKeyPairs } from '../keys/token-keys.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

/** The longest delay until an instance learns that the keys have changed. */
const refreshMs = 15_000;

export interface Signing {
	signer: TokenSigner;
	/**
	 * Reads the stored keys and follows them from then on. With a secret alone there is nothing to read.
	 *
	 * @throws SigningKeyError when the keys do not match the settings
	 */
	open(): Promise<void>;
	/** Resolves when the keys are no longer being read. */
	stop(): Promise<void>;
}

/** Prepares the keys that sign tokens: the secret itself, or key pairs in the database. */
export function startSigning(
	db: Db,
	{
		config: { algorithm, previousSecretKey, signingKeyRotationDays },
		secretKey,
		...claims
	}: {
		config: SigningConfig;
		secretKey: string;
		issuer: string;
		audience: string;
		includesEmailVerified: boolean;
	},
	{ log, audit, onPublish }: Pick<KeyRingSettings, 'log' | 'onPublish'> & { audit: Audit }
): Signing {
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
	let following: NodeJS.Timeout | undefined;
	let isFailing = false;
	const background = new Background();

	async function follow(): Promise<void> {
		try {
			await ring.refresh();
			isFailing = false;
		} catch (error) {
			if (!isFailing && following) log.warn({ err: error }, 'The signing keys could not be read again');
			isFailing = true;
		}
	}

	return {
		signer: { keys: ring, algorithm, verified: createVerifiedTokens(), ...claims },
		async open() {
			await ring.open();
			following = setInterval(() => background.run(follow()), refreshMs).unref();
		},
		async stop() {
			clearInterval(following);
			following = undefined;
			await background.settle();
		}
	};
}
