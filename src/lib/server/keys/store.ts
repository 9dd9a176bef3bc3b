import { insertIfNew } from '../db/errors.ts';
import type { Db, SigningKeysTable } from '../db/tables.ts';

/** All signing keys, the newest first. */
export function readSigningKeys(db: Db): Promise<SigningKeysTable[]> {
	return db.selectFrom('signing_keys').selectAll().orderBy('generation', 'desc').execute();
}

/** @returns false when another key of the same generation was first */
export async function insertSigningKey(db: Db, row: SigningKeysTable): Promise<boolean> {
	return insertIfNew(db.insertInto('signing_keys').values(row));
}

export async function rescheduleSigningKey(db: Db, kid: string, activatesAt: number): Promise<void> {
	await db
		.updateTable('signing_keys')
		.set({ activates_at: activatesAt })
		.where('kid', '=', kid)
		.where('activates_at', '>', activatesAt)
		.execute();
}

/** Replaces the seal of a key unless another instance has done so. */
export async function resealSigningKey(
	db: Db,
	before: Pick<SigningKeysTable, 'kid' | 'sealed_with'>,
	sealed: Pick<SigningKeysTable, 'private_key' | 'sealed_with'>
): Promise<void> {
	await db
		.updateTable('signing_keys')
		.set(sealed)
		.where('kid', '=', before.kid)
		.where('sealed_with', '=', before.sealed_with)
		.execute();
}

export async function deleteSigningKeys(db: Db, kids: string[]): Promise<void> {
	if (kids.length > 0) await db.deleteFrom('signing_keys').where('kid', 'in', kids).execute();
}
