import { createKeyPair, type KeyPairAlgorithm, nameKey, readKeyPair } from '../crypto/key-pair.ts';
import type { Db, SigningKeysTable } from '../db/tables.ts';
import {
	findCurrent,
	type KeyState,
	leadMs,
	type ScheduledKey,
	shortLeadMs,
	stateOf
} from './key-schedule.ts';
import { type KeyFault, type KeyVault, openPrivateKey, sealPrivateKey } from './key-vault.ts';
import { deleteSigningKeys, insertSigningKey, readSigningKeys, rescheduleSigningKey } from './store.ts';

/** The settings for making signing keys. */
export interface KeyMaker {
	algorithm: KeyPairAlgorithm;
	vault: KeyVault;
}

/** The stored keys do not match the settings. The message says what to do. */
export class SigningKeyError extends Error {
	override readonly name = 'SigningKeyError';
}

/** Why a stored key cannot be used, in one line with the remedy. */
export function describeUnusable(kid: string, fault: KeyFault): string {
	const replace = `npm run keys -- revoke ${kid}`;
	return fault === 'damaged'
		? `The signing key ${kid} in the database is damaged: restore it from a backup, or replace it with: ${replace}`
		: `SECRET_KEY does not open the signing keys in the database: set it to what it was when they were made, or, ` +
				`to change it, set SECRET_KEY_PREVIOUS to that; if that is lost, replace the keys with: ${replace}`;
}

/** @throws SigningKeyError when a key of this algorithm cannot be used */
export function requireUsable(rows: readonly SigningKeysTable[], { algorithm, vault }: KeyMaker): void {
	for (const row of rows) {
		if (row.algorithm !== algorithm) continue;
		const { fault } = openPrivateKey(vault, row);
		if (fault) throw new SigningKeyError(describeUnusable(row.kid, fault));
	}
}

/**
 * Makes the next key, unless another instance does so concurrently.
 *
 * @param activatesAt when the key becomes active
 * @returns the id of the key, or undefined if another instance was first
 */
export async function makeSigningKey(
	db: Db,
	{ algorithm, vault }: KeyMaker,
	{ generation, activatesAt, now }: { generation: number; activatesAt: number; now: number }
): Promise<string | undefined> {
	const pem = await createKeyPair(algorithm);
	const kid = await nameKey(readKeyPair(pem));
	const isOurs = await insertSigningKey(db, {
		kid,
		generation,
		algorithm,
		...sealPrivateKey(vault, pem, { kid, algorithm }),
		created_at: now,
		activates_at: activatesAt
	});
	return isOurs ? kid : undefined;
}

export function nextGeneration([newest]: readonly ScheduledKey[]): number {
	return (newest?.generation ?? 0) + 1;
}

export interface ListedKey extends ScheduledKey {
	state: KeyState;
	created_at: number;
	/** Whether the configured secret opens the key. */
	isUsable: boolean;
}

/** All stored keys of every algorithm, the newest first. */
export async function listSigningKeys(db: Db, vault: KeyVault, now = new Date()): Promise<ListedKey[]> {
	const rows = await readSigningKeys(db);
	return rows.map((row) => {
		const { kid, generation, algorithm, activates_at, created_at } = row;
		const isUsable = !openPrivateKey(vault, row).fault;
		const state = stateOf(rows, row, now.getTime());
		return { kid, generation, algorithm, activates_at, created_at, state, isUsable };
	});
}

/**
 * Rotates to the next key earlier than planned, and makes that key if there is none. It signs as soon as all verifiers
 * can know it. After an immediate rotation, it signs as soon as all instances know it.
 *
 * @throws SigningKeyError if the stored keys do not match the settings
 */
export async function rotateSigningKey(
	db: Db,
	maker: KeyMaker,
	{ isImmediate = false, now = new Date() }: { isImmediate?: boolean; now?: Date } = {}
): Promise<ScheduledKey> {
	const rows = await readSigningKeys(db);
	requireUsable(rows, maker);
	const at = now.getTime();
	const [newest] = rows.filter(({ algorithm }) => algorithm === maker.algorithm);
	const activatesAt = at + (isImmediate ? shortLeadMs : leadMs);
	if (newest && newest.activates_at > at) {
		if (isImmediate) await rescheduleSigningKey(db, newest.kid, activatesAt);
	} else {
		await makeSigningKey(db, maker, { generation: nextGeneration(rows), activatesAt, now: at });
	}
	// The stored key counts, even if another instance was first.
	const [next] = (await readSigningKeys(db)).filter(({ algorithm }) => algorithm === maker.algorithm);
	if (!next) throw new SigningKeyError('The new signing key was revoked at the same moment');
	return next;
}

/**
 * Revokes a key and its tokens immediately. If the key was the one that signs, the next key, or a new one, takes over
 * now.
 *
 * @returns undefined if there is no such key; otherwise the id of the key that signs now
 */
export async function revokeSigningKey(
	db: Db,
	maker: KeyMaker,
	{ kid, now = new Date() }: { kid: string; now?: Date }
): Promise<{ current: string | undefined } | undefined> {
	const at = now.getTime();
	const rows = await readSigningKeys(db);
	if (!rows.some((row) => row.kid === kid)) return undefined;
	const isUsed = findCurrent(rows, maker.algorithm, at)?.kid === kid;
	if (isUsed) {
		const next = rows.find((row) => row.algorithm === maker.algorithm && row.activates_at > at);
		if (next && !openPrivateKey(maker.vault, next).fault) await rescheduleSigningKey(db, next.kid, at);
		else await makeSigningKey(db, maker, { generation: nextGeneration(rows), activatesAt: at, now: at });
	}
	await deleteSigningKeys(db, [kid]);
	return { current: findCurrent(await readSigningKeys(db), maker.algorithm, at)?.kid };
}
