import { beforeEach, describe, expect, test } from 'vitest';
import { collectEvents } from '../../../../tests/support/service/recorded-events.ts';
import { useSqlite } from '../../../../tests/support/database/sqlite-db.ts';
import { deriveKey } from '../crypto/derived-key.ts';
import { createId, hashToken } from '../crypto/random.ts';
import { migrate } from '../db/migrate.ts';
import type { Logger } from '../log.ts';
import { insertUser } from '../users/store.ts';
import { startRefreshSession, useRefreshToken } from './refresh-token.ts';
import { findSession } from './session.ts';
import { rotateRefreshToken } from './store.ts';
import { dayMs, secondMs } from '../durations.ts';

const sqlite = useSqlite();
const start = Date.parse('2026-03-01T12:00:00Z');
const after = (ms: number) => new Date(start + ms);
const policy = { key: deriveKey('a secret', 'refresh-tokens'), absoluteMs: 30 * dayMs, idleMs: 7 * dayMs };

let userId: string;
let first: string;
let reused: string[];
beforeEach(async () => {
	await migrate(sqlite.db, { info: () => {} } as unknown as Logger);
	userId = createId();
	await insertUser(sqlite.db, {
		id: userId,
		email: 'ada@example.org',
		first_name: 'Ada',
		last_name: 'Lovelace',
		hashed_password: 'x',
		role: 'user',
		created_at: start,
		updated_at: start
	});
	first = (await startRefreshSession(sqlite.db, { userId, policy }, after(0))).refreshToken;
	reused = [];
});

/** @returns the next token, or the reason of the refusal */
async function use(token: string, ms: number, { key = policy.key, db = sqlite.db } = {}): Promise<string> {
	const { audit, events } = collectEvents();
	const used = await useRefreshToken(db, { token, policy: { ...policy, key }, audit }, after(ms));
	for (const { event, user_id } of events) if (event === 'refresh_token.reused') reused.push(user_id ?? '');
	return used.ok ? used.value.refreshToken : used.reason;
}
const sessions = () => sqlite.db.selectFrom('sessions').selectAll().execute();

test('each refresh token gives the next one, in one session', async () => {
	let token = first;
	const seen = new Set([first]);
	for (let turn = 1; turn <= 5; turn++) {
		token = await use(token, turn * dayMs);
		expect(token).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
		seen.add(token);
	}
	expect(seen.size).toBe(6);
	expect(await sessions()).toHaveLength(1);
	expect(reused).toEqual([]);
});

test('the tables contain no part of a refresh token, and no part of it is the token of a browser’s session', async () => {
	const next = await use(first, secondMs);
	const stored = JSON.stringify(await sessions());
	for (const part of [...first.split('.'), ...next.split('.')]) {
		expect(stored).not.toContain(part);
		expect(await findSession(sqlite.db, part, { now: after(secondMs) })).toBeUndefined();
	}
	expect(await findSession(sqlite.db, next, { now: after(secondMs) })).toBeUndefined();
});

describe('a replaced token', () => {
	test('gives the same successor for 30 seconds', async () => {
		const next = await use(first, dayMs);
		expect(await use(first, dayMs + 30 * secondMs)).toBe(next);
		expect(reused).toEqual([]);
		expect(await use(next, dayMs + 31 * secondMs)).toMatch(/\./);
	});

	test('ends its session after 30 seconds, for the newest token too', async () => {
		const next = await use(first, dayMs);
		expect(await use(first, dayMs + 30 * secondMs + 1)).toBe('invalid_grant');
		expect(reused).toEqual([userId]);
		expect(await sessions()).toEqual([]);
		expect(await use(next, dayMs + 31 * secondMs)).toBe('invalid_grant');
	});

	test('ends its session immediately if it was replaced twice', async () => {
		await use(await use(first, 1), 2);
		expect(await use(first, 3)).toBe('invalid_grant');
		expect(reused).toEqual([userId]);
	});
});

test('fifty concurrent refreshes over several connections get the same successor', async () => {
	const connections = [sqlite.open(), sqlite.open()];
	const answers = await Promise.all(
		Array.from({ length: 50 }, (_, index) => use(first, dayMs, { db: connections[index % 2] ?? sqlite.db }))
	);
	expect(new Set(answers).size).toBe(1);
	expect(answers[0]).toMatch(/\./);
	expect(await use(answers[0] ?? '', dayMs + secondMs)).toMatch(/\./);
});

test('a late request does not undo a rotation', async () => {
	await use(await use(first, 1), 2);
	const [before] = await sessions();
	const late = {
		refresh_hash: hashToken('next'),
		previous_refresh_hash: hashToken(first.split('.')[1] ?? ''),
		refreshed_at: 3,
		last_seen_at: 3,
		expires_at: 3
	};
	expect(await rotateRefreshToken(sqlite.db, before?.id ?? '', late)).toBe(false);
	expect(await sessions()).toEqual([before]);
});

describe('a session ends', () => {
	test('after 7 days without a refresh', async () => {
		const next = await use(first, 7 * dayMs - 1);
		expect(next).toMatch(/\./);
		expect(await use(next, 14 * dayMs - 1)).toBe('invalid_grant');
	});

	test('after 30 days in spite of refreshes', async () => {
		let token = first;
		for (let day = 6; day < 30; day += 6) token = await use(token, day * dayMs);
		token = await use(token, 30 * dayMs - 1);
		expect(token).toMatch(/\./);
		expect(await use(token, 30 * dayMs)).toBe('invalid_grant');
	});

	test('with its user', async () => {
		await sqlite.db.deleteFrom('users').where('id', '=', userId).execute();
		expect(await use(first, 1)).toBe('invalid_grant');
	});
});

test('a text that was never a token ends no session', async () => {
	const [family, secret] = first.split('.');
	for (const token of [
		'',
		'x',
		`${family}`,
		`${family}.`,
		`.${secret}`,
		`${secret}.${family}`,
		`${first}x`
	]) {
		expect(await use(token, 1)).toBe('invalid_grant');
	}
	expect(reused).toEqual([]);
	expect(await use(first, 1)).toMatch(/\./);
});

test('a changed SECRET_KEY ends no session', async () => {
	const key = deriveKey('another secret', 'refresh-tokens');
	const next = await use(first, 1);
	expect(await use(first, 2, { key }), 'a token replaced under the previous key').toBe('invalid_grant');
	expect(await use(next, 3, { key })).toMatch(/\./);
	expect(reused).toEqual([]);
});
