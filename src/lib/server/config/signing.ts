import type { SettingValues } from './values.ts';

export const algorithms = ['HS256', 'HS384', 'HS512', 'ES256', 'EdDSA', 'RS256'] as const;
export type Algorithm = (typeof algorithms)[number];

/**
 * An HMAC key is at least as long as the hash (RFC 7518 §3.2). For the other algorithms, the secret encrypts the stored
 * keys.
 */
export const minSecretBytes = {
	HS256: 32,
	HS384: 48,
	HS512: 64,
	ES256: 32,
	EdDSA: 32,
	RS256: 32
} satisfies Record<Algorithm, number>;
export const secretKeyRemedy = 'make one with: openssl rand -base64 64 | tr -d "\\n"';

export interface SigningConfig {
	/** Unset only with the embedded database, for which the service generates a secret. */
	secretKey: string | undefined;
	/** The previous secret, while the secret is being replaced. */
	previousSecretKey: string | undefined;
	algorithm: Algorithm;
	/** Days that a stored key signs; 0: until an operator rotates it. */
	signingKeyRotationDays: number;
	/** Maximum days of a program's session. */
	refreshTokenDays: number;
	/** Maximum days between two refreshes of a program's session. */
	refreshTokenIdleDays: number;
}

export function readSigning(
	values: SettingValues,
	engine: 'mysql' | 'sqlite',
	warnings: string[]
): SigningConfig {
	const algorithm = values.choice('ALGORITHM', algorithms, 'HS256');
	const secretKey = readSecretKey(values, algorithm, engine);
	const previousSecretKey = values.secret('SECRET_KEY_PREVIOUS') || undefined;
	if (previousSecretKey !== undefined && previousSecretKey === secretKey) {
		warnings.push(
			'SECRET_KEY_PREVIOUS is the same as SECRET_KEY: set it to the previous secret, or remove it'
		);
	}
	const refreshTokenDays = values.integer('REFRESH_TOKEN_DAYS', { fallback: 30, min: 1, max: 3650 });
	return {
		secretKey,
		previousSecretKey,
		algorithm,
		signingKeyRotationDays: values.integer('SIGNING_KEY_ROTATION_DAYS', { fallback: 90, min: 0, max: 3650 }),
		refreshTokenDays,
		refreshTokenIdleDays: values.integer('REFRESH_TOKEN_IDLE_DAYS', { fallback: 7, min: 1, max: 3650 })
	};
}

function readSecretKey(values: SettingValues, algorithm: Algorithm, engine: 'mysql' | 'sqlite') {
	const reported = values.problems.length;
	const secret = values.secret('SECRET_KEY') || undefined;
	if (values.problems.length > reported) return undefined;
	if (!secret) {
		if (engine === 'mysql') values.report('SECRET_KEY', `is missing: ${secretKeyRemedy}`);
		return undefined;
	}
	const bytes = Buffer.byteLength(secret);
	if (bytes < minSecretBytes[algorithm]) {
		values.report(
			'SECRET_KEY',
			`has ${bytes} bytes, but ${algorithm} needs at least ${minSecretBytes[algorithm]}: ${secretKeyRemedy}`
		);
	}
	return secret;
}
