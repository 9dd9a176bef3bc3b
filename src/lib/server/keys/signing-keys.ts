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

/** What stored signing keys are made with. */
export interface KeyMaker {
	algorithm: KeyPairAlgorithm;
	vault: KeyVault;
}

/** The stored keys do not go with the settings; the message says what to do about it. */
export class SigningKeyError extends Error {
	override readonly name = 'SigningKeyError';
}

/** Why a key that is stored cannot be used, in one line with the remedy. */
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
 * Makes the next key, unless another instance does so at the same time.
 *
 * @param activatesAt when it begins to sign
 * @returns its name, or undefined when the other one counts
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
	/** Whether the secret of the settings opens it. */
	isUsable: boolean;
}

/** All stored keys, of whatever algorithm, the newest first. */
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
 * Brings the next key, and makes it where there is none: it signs when all verifiers can know it, or, in a hurry, when all
 * instances do.
 *
 * @throws SigningKeyError when the keys that are there do not go with the settings
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
	// What is there now counts, also when somebody else was faster.
	const [next] = (await readSigningKeys(db)).filter(({ algorithm }) => algorithm === maker.algorithm);
	if (!next) throw new SigningKeyError('The new signing key was revoked at the same moment');
	return next;
}

/**
 * Takes a key out of use at once, and its tokens with it. Where it was the one that signs, the next one does so from now
 * on, or a new one.
 *
 * @returns undefined when there is no such key; else the name of the key that signs now
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
