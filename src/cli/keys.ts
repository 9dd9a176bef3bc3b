import { parseArgs } from 'node:util';
import type { Config } from '#lib/server/config/config.ts';
import { connect, lacksDatabase } from '#lib/server/db/connect.ts';
import { findPendingMigrations } from '#lib/server/db/migrate.ts';
import { describeStartFault } from '#lib/server/db/start-fault.ts';
import type { Db } from '#lib/server/db/tables.ts';
import { UnavailableError } from '#lib/server/outcome.ts';
import { exitStatus } from '#lib/server/exit-status.ts';
import { createKeyVault } from '#lib/server/keys/key-vault.ts';
import { readSecret } from '#lib/server/keys/secret-key.ts';
import type { KeyState } from '#lib/server/keys/key-schedule.ts';
import {
	type KeyMaker,
	listSigningKeys,
	revokeSigningKey,
	rotateSigningKey,
	SigningKeyError
} from '#lib/server/keys/signing-keys.ts';
import { usesKeyPairs } from '#lib/server/keys/token-keys.ts';

const usage = `usage: npm run keys -- <command>

  list           lists the signing keys and shows which one signs
  rotate         makes the next key, which signs in 15 minutes, once all services that verify tokens can have fetched it
  rotate --now   makes it sign in a minute; services that cache the public keys must fetch them again
  revoke KID     immediately revokes a key and the tokens that it has signed`;

/** `keys`: exits with 0 on success, 1 on failure and 2 for invalid arguments. */
export async function runKeys(args: string[], readConfig: () => Config): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { now: { type: 'boolean', default: false } }
	});
	const [command = '', kid, ...rest] = positionals;
	const isClear = command === 'revoke' ? kid !== undefined : kid === undefined;
	if (
		!['list', 'rotate', 'revoke'].includes(command) ||
		!isClear ||
		rest.length > 0 ||
		(values.now && command !== 'rotate')
	) {
		console.error(usage);
		return exitStatus.usage;
	}
	const config = readConfig();
	const db = connect(config);
	try {
		const maker = await prepare(db, config);
		if (command === 'list') return await list(db, maker);
		return command === 'rotate' ? await rotate(db, maker, values.now) : await revoke(db, maker, kid ?? '');
	} catch (error) {
		const fault = describeStartFault(error, config);
		if (!fault && !(error instanceof SigningKeyError) && !(error instanceof UnavailableError)) throw error;
		console.error(fault?.message ?? (error as Error).message);
		return fault?.exitStatus ?? 1;
	} finally {
		await db.destroy();
	}
}

/** @throws SigningKeyError when the installation has no stored keys */
async function prepare(db: Db, config: Config): Promise<KeyMaker> {
	const { algorithm, previousSecretKey } = config;
	if (!usesKeyPairs(algorithm)) {
		throw new SigningKeyError(
			`ALGORITHM is ${algorithm}: tokens are signed with SECRET_KEY itself. For key pairs, set it to ES256, EdDSA or RS256`
		);
	}
	const secretKey = config.secretKey ?? readSecret(config.dataDir);
	if (lacksDatabase(config) || secretKey === undefined) {
		throw new SigningKeyError('There is no installation yet: the first start creates the first key');
	}
	const [pending] = await findPendingMigrations(db);
	if (pending) throw new SigningKeyError('The schema is not current: run npm run migrate first');
	return { algorithm, vault: createKeyVault(secretKey, previousSecretKey) };
}

const sinceWords = {
	next: 'signs from',
	current: 'signs since',
	retired: 'signed from'
} satisfies Record<KeyState, string>;

async function list(db: Db, { vault }: KeyMaker): Promise<number> {
	const keys = await listSigningKeys(db, vault);
	for (const { kid, algorithm, state, activates_at, isUsable } of keys) {
		const since = `${sinceWords[state]} ${describeTime(activates_at)}`;
		const note = isUsable ? '' : ', NOT READABLE with this SECRET_KEY';
		console.log(`${kid}  ${algorithm.padEnd(5)}  ${state.padEnd(7)}  ${since}${note}`);
	}
	if (keys.length === 0) console.log('There are no keys yet: the first start creates one.');
	return 0;
}

async function rotate(db: Db, maker: KeyMaker, isImmediate: boolean): Promise<number> {
	const next = await rotateSigningKey(db, maker, { isImmediate });
	console.log(
		`${next.kid} signs from ${describeTime(next.activates_at)}. The running instances switch to it then.`
	);
	return 0;
}

async function revoke(db: Db, maker: KeyMaker, kid: string): Promise<number> {
	const revoked = await revokeSigningKey(db, maker, { kid });
	if (!revoked) {
		console.error(`There is no key ${kid}: list the keys with npm run keys -- list`);
		return 1;
	}
	console.log(
		`${kid} is revoked. Running instances reject its tokens within 15 seconds. Other services do so when they fetch the ` +
			`public keys again: after 5 to 10 minutes, or when restarted. ${revoked.current} signs now.`
	);
	return 0;
}

function describeTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
