import type { KeyObject } from 'node:crypto';
import type { Audit } from '../audit/audit.ts';
import { type KeyPair, readKeyPair } from '../crypto/key-pair.ts';
import type { Db, SigningKeysTable } from '../db/tables.ts';
import type { Logger } from '../log.ts';
import { UnavailableError } from '../outcome.ts';
import { findCurrent, planKeys, type ScheduledKey } from './key-schedule.ts';
import { isSealedBefore, openPrivateKey, sealPrivateKey } from './key-vault.ts';
import type { CachedDocument } from '../cached-document.ts';
import { publishKeys } from './key-set.ts';
import {
	describeUnusable,
	type KeyMaker,
	makeSigningKey,
	nextGeneration,
	requireUsable
} from './signing-keys.ts';
import { deleteSigningKeys, readSigningKeys, resealSigningKey } from './store.ts';
import type { TokenKeys } from './token-keys.ts';
import { dayMs } from '../durations.ts';

/** A token with an unknown key causes the keys to be read again, but no more often than this. */
const minReadIntervalMs = 1_000;
const thumbprint = /^[\w-]{43}$/;

export interface KeyRingSettings extends KeyMaker {
	rotationDays: number;
	log: Logger;
	audit: Audit;
	/** Called with the public keys whenever they change. */
	onPublish: (published: CachedDocument) => void;
}

type RingKey = ScheduledKey & KeyPair;

/**
 * The stored signing keys as one instance knows them. Requests use the keys in memory, and `refresh` follows the table.
 * Every instance performs due work, and the table decides which instance was first.
 */
export class KeyRing implements TokenKeys {
	readonly #db: Db;
	readonly #settings: KeyRingSettings;
	#keys: readonly RingKey[] = [];
	#published: CachedDocument | undefined;
	#lacksKeys = false;
	#complaint = '';
	#lookedAt = 0;
	#refreshing: Promise<void> | undefined;

	constructor(db: Db, settings: KeyRingSettings) {
		this.#db = db;
		this.#settings = settings;
	}

	/**
	 * Reads the keys for the first time, and makes one if there is none.
	 *
	 * @throws SigningKeyError if the keys do not match the settings
	 */
	async open(now = new Date()): Promise<void> {
		requireUsable(await readSigningKeys(this.#db), this.#settings);
		await this.refresh(now, new Date(0));
	}

	/**
	 * Follows the table and performs what is due: a new key, the removal of an expired one, a new seal.
	 *
	 * @param earliest for the removal, what the clock that is behind says: tokens of a removed key become invalid
	 */
	refresh(now = new Date(), earliest = now): Promise<void> {
		this.#refreshing ??= this.#refresh(now.getTime(), earliest.getTime()).finally(
			() => (this.#refreshing = undefined)
		);
		return this.#refreshing;
	}

	findSigningKey(now: Date): { key: KeyObject; kid: string } {
		const current = findCurrent(this.#keys, this.#settings.algorithm, now.getTime());
		if (!current) throw new UnavailableError('database_unavailable', 'there is no signing key yet');
		return { key: current.privateKey, kid: current.kid };
	}

	async findVerifyingKey(kid: unknown, now: Date): Promise<KeyObject | undefined> {
		if (typeof kid !== 'string') return undefined;
		const known = this.#find(kid);
		if (known || !thumbprint.test(kid)) return known;
		if (this.#refreshing === undefined && Math.abs(now.getTime() - this.#lookedAt) < minReadIntervalMs)
			return undefined;
		// While the database is unavailable, the keys in memory count.
		await this.refresh(now, new Date(0)).catch(() => {});
		return this.#find(kid);
	}

	has(key: KeyObject): boolean {
		return this.#keys.some(({ publicKey }) => publicKey === key);
	}

	get lacksKeys(): boolean {
		return this.#lacksKeys;
	}

	get published(): CachedDocument {
		if (!this.#published) throw new UnavailableError('database_unavailable', 'the keys are not read yet');
		return this.#published;
	}

	/** Only the configured algorithm counts (RFC 8725 §3.1), whatever was configured before. */
	#find(kid: string): KeyObject | undefined {
		const { algorithm } = this.#settings;
		return this.#keys.find((key) => key.kid === kid && key.algorithm === algorithm)?.publicKey;
	}

	async #refresh(now: number, earliest: number): Promise<void> {
		this.#lookedAt = now;
		const { algorithm, rotationDays, vault } = this.#settings;
		const rows = await readSigningKeys(this.#db);
		const schedule = { algorithm, rotationMs: rotationDays * dayMs };
		const plan = planKeys(rows, schedule, now);
		const { expired } = planKeys(rows, schedule, earliest);
		if (plan.newKeyAt !== undefined && this.#canOpen(rows)) {
			const key = { generation: nextGeneration(rows), activatesAt: plan.newKeyAt, now };
			await makeSigningKey(this.#db, this.#settings, key);
		}
		await deleteSigningKeys(this.#db, expired);
		const changed = plan.newKeyAt !== undefined || expired.length > 0;
		const current = changed ? await readSigningKeys(this.#db) : rows;
		await this.#take(current);
		for (const row of current.filter((one) => isSealedBefore(vault, one))) {
			const { pem } = openPrivateKey(vault, row);
			if (pem) await resealSigningKey(this.#db, row, sealPrivateKey(vault, pem, row));
		}
	}

	/** Whether all keys can be opened. Not every instance could use a key that is sealed under another secret. */
	#canOpen(rows: readonly SigningKeysTable[]): boolean {
		return rows
			.filter(({ algorithm }) => algorithm === this.#settings.algorithm)
			.every((row) => this.#recall(row) ?? !openPrivateKey(this.#settings.vault, row).fault);
	}

	async #take(rows: readonly SigningKeysTable[]): Promise<void> {
		const before = this.#published && this.#keys.map(({ kid }) => kid);
		this.#keys = rows.flatMap((row) => this.#recall(row) ?? this.#open(row) ?? []);
		this.#lacksKeys = this.#keys.length < rows.length;
		const published = publishKeys(this.#keys);
		if (published.etag !== this.#published?.etag) this.#settings.onPublish(published);
		this.#published = published;
		if (!before) return;
		const after = this.#keys.map(({ kid }) => kid);
		const { audit } = this.#settings;
		for (const kid of after) {
			if (!before.includes(kid)) await audit.record(this.#db, 'signing_key.added', { kid });
		}
		for (const kid of before) {
			if (!after.includes(kid)) await audit.record(this.#db, 'signing_key.removed', { kid });
		}
	}

	/** A key that was opened stays open, even if another instance has sealed it under a newer secret. */
	#recall({ kid, ...row }: SigningKeysTable): RingKey | undefined {
		const known = this.#keys.find((key) => key.kid === kid);
		return known && { ...known, activates_at: row.activates_at };
	}

	#open(row: SigningKeysTable): RingKey | undefined {
		const { kid, generation, algorithm, activates_at } = row;
		const { pem, fault } = openPrivateKey(this.#settings.vault, row);
		if (!fault) return { kid, generation, algorithm, activates_at, ...readKeyPair(pem) };
		const complaint = describeUnusable(kid, fault);
		if (complaint !== this.#complaint && algorithm === this.#settings.algorithm) {
			this.#settings.log.warn(complaint);
			this.#complaint = complaint;
		}
		return undefined;
	}
}
