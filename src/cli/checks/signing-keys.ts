import type { Config } from '#lib/server/config/config.ts';
import { connect, lacksDatabase } from '#lib/server/db/connect.ts';
import { findPendingMigrations } from '#lib/server/db/migrate.ts';
import { createKeyVault } from '#lib/server/keys/key-vault.ts';
import { readSecret } from '#lib/server/keys/secret-key.ts';
import { listSigningKeys } from '#lib/server/keys/signing-keys.ts';
import { usesKeyPairs } from '#lib/server/keys/token-keys.ts';
import { failure, type Finding, ok, warning } from './finding.ts';
import { dayMs } from '#lib/server/durations.ts';

const subject = 'signing keys';

/** Checks that the secret opens the stored keys, and that they are rotated in time. */
export async function checkSigningKeys(config: Config): Promise<Finding[]> {
	if (!usesKeyPairs(config.algorithm)) return [];
	const secretKey = config.secretKey ?? readSecret(config.dataDir);
	if (lacksDatabase(config) || secretKey === undefined)
		return [ok(subject, 'none yet: the first start creates one')];
	const db = connect(config);
	try {
		if ((await findPendingMigrations(db)).length > 0)
			return [ok(subject, 'none yet: the next start creates one')];
		const keys = await listSigningKeys(db, createKeyVault(secretKey, config.previousSecretKey));
		return [
			judge(
				keys.filter(({ algorithm }) => algorithm === config.algorithm),
				config
			)
		];
	} catch {
		// The check of the database reports what is wrong with it.
		return [];
	} finally {
		await db.destroy();
	}
}

function judge(
	keys: Awaited<ReturnType<typeof listSigningKeys>>,
	{ algorithm, signingKeyRotationDays }: Config
): Finding {
	const closed = keys.find(({ isUsable }) => !isUsable);
	if (closed) {
		const remedy = 'set SECRET_KEY, or SECRET_KEY_PREVIOUS, to the secret that encrypted the key';
		return failure(subject, `${closed.kid} cannot be decrypted with SECRET_KEY`, remedy);
	}
	const current = keys.find(({ state }) => state === 'current');
	if (!current) return ok(subject, `${algorithm}, none yet: the first start creates one`);
	const days = Math.floor((Date.now() - current.activates_at) / dayMs);
	const message = `${algorithm}, ${current.kid} has signed for ${days} days`;
	const isOverdue = signingKeyRotationDays > 0 && days > signingKeyRotationDays;
	return isOverdue
		? warning(subject, message, 'start the service, which rotates the keys')
		: ok(subject, message);
}
