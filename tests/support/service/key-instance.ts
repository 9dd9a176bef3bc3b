import type { Audit } from '../../../src/lib/server/audit/audit.ts';
import { beforeEach } from 'vitest';
import { createVerifiedTokens } from '../../../src/lib/server/tokens/verified-tokens.ts';
import { createKeyVault } from '#lib/server/keys/key-vault.ts';
import { issueAccessToken, verifyAccessToken } from '../../../src/lib/server/tokens/access-token.ts';
import { KeyRing } from '#lib/server/keys/key-ring.ts';
import { migrate } from '../../../src/lib/server/db/migrate.ts';
import type { Db } from '../../../src/lib/server/db/tables.ts';
import type { Logger } from '../../../src/lib/server/log.ts';
import type { User } from '../../../src/lib/server/users/user.ts';
import { useSqlite } from '../database/sqlite-db.ts';

export const keySecret = 'the secret that seals the keys of these tests';
export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;
const start = Date.parse('2026-03-01T12:00:00Z');
/** A time of the tests' clock, in milliseconds after its beginning. */
export const after = (ms: number) => new Date(start + ms);

const user = { id: '0195511e-7e40-7000-8000-000000000001', email: 'ada@example.org', role: 'user' } as User;

/** What an instance of the service does with keys, without the rest of it. */
export interface KeyInstance {
	ring: KeyRing;
	issue(at: number): Promise<string>;
	accepts(token: string, at: number): Promise<boolean>;
	kids(): string[];
}

interface InstanceOptions {
	/** What it writes to its log. */
	lines?: string[];
	secretKey?: string;
	previous?: string;
	algorithm?: 'ES256' | 'EdDSA' | 'RS256';
	/** When it starts. */
	at?: number;
}

export async function startKeyInstance(
	db: Db,
	{ lines = [], secretKey = keySecret, previous, algorithm = 'ES256', at = 0 }: InstanceOptions = {}
): Promise<KeyInstance> {
	const log = { info: () => {}, warn: (line: string) => lines.push(line) } as unknown as Logger;
	const vault = createKeyVault(secretKey, previous);
	const audit: Audit = {
		record: async (_db, event, { kid } = {}) => void lines.push(`${event} ${kid}`)
	};
	const ring = new KeyRing(db, { algorithm, vault, rotationDays: 90, log, audit, onPublish: () => {} });
	const signer = {
		keys: ring,
		verified: createVerifiedTokens(),
		algorithm,
		issuer: 'https://id.example.org',
		audience: 'api'
	};
	await ring.open(after(at));
	return {
		ring,
		issue: (ms) => issueAccessToken(signer, user, after(ms)),
		accepts: async (token, ms) => (await verifyAccessToken(signer, token, after(ms))).ok,
		kids: () => (JSON.parse(ring.published.body) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
	};
}

/** A database with the table of keys, for each test; `running` starts one more instance on it. */
export function useKeyTable() {
	const sqlite = useSqlite();
	beforeEach(() => migrate(sqlite.db, { info: () => {} } as unknown as Logger));
	return {
		sqlite,
		running: (options?: InstanceOptions) => startKeyInstance(sqlite.open(), options),
		maker: { algorithm: 'ES256', vault: createKeyVault(keySecret) } as const,
		rows: () => sqlite.db.selectFrom('signing_keys').selectAll().orderBy('generation').execute()
	};
}
