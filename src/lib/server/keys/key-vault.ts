import type { KeyObject } from 'node:crypto';
import { deriveKey } from '../crypto/derived-key.ts';
import { openText, sealText } from '../crypto/sealed-text.ts';
import type { SigningKeysTable } from '../db/tables.ts';

/** Seals private keys, so that a copy of the database is not enough to sign tokens. */
export interface KeyVault {
	/** The lock of `SECRET_KEY`, which seals keys, and then that of `SECRET_KEY_PREVIOUS`. */
	locks: readonly [Lock, ...Lock[]];
}

interface Lock {
	/** Identifies a lock without revealing its secret. */
	name: string;
	key: KeyObject;
}

export type KeyFault = 'other_secret' | 'damaged';

type SealedKey = Pick<SigningKeysTable, 'kid' | 'algorithm' | 'private_key' | 'sealed_with'>;

export function createKeyVault(secretKey: string, previousSecretKey?: string): KeyVault {
	const previous = previousSecretKey === undefined ? [] : [createLock(previousSecretKey)];
	return { locks: [createLock(secretKey), ...previous] };
}

function createLock(secret: string): Lock {
	const name = deriveKey(secret, 'signing-keys name').export().toString('hex').slice(0, 16);
	return { name, key: deriveKey(secret, 'signing-keys') };
}

export function sealPrivateKey(
	{ locks: [lock] }: KeyVault,
	pem: string,
	key: Pick<SealedKey, 'kid' | 'algorithm'>
): Pick<SealedKey, 'private_key' | 'sealed_with'> {
	return { private_key: sealText(lock.key, pem, describePlace(key)), sealed_with: lock.name };
}

/**
 * Opens a private key in PEM. Otherwise says why it cannot be opened: it was sealed under another secret, or altered
 * since.
 */
export function openPrivateKey(
	{ locks }: KeyVault,
	row: SealedKey
): { pem: string; fault?: undefined } | { pem?: undefined; fault: KeyFault } {
	const lock = locks.find(({ name }) => name === row.sealed_with);
	if (!lock) return { fault: 'other_secret' };
	const pem = openText(lock.key, row.private_key, describePlace(row));
	return pem === undefined ? { fault: 'damaged' } : { pem };
}

/** Whether a key is still sealed under the previous secret. */
export function isSealedBefore({ locks: [lock, previous] }: KeyVault, row: SealedKey): boolean {
	return row.sealed_with !== lock.name && row.sealed_with === previous?.name;
}

function describePlace({ kid, algorithm }: Pick<SealedKey, 'kid' | 'algorithm'>): string {
	return `${kid} ${algorithm}`;
}
